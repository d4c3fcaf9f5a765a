import { isIP } from "node:net";
import { personOf } from "../../resolve/actors.ts";
import { guid } from "../../model/draw.ts";
import { applications, signInErrors } from "../../facts/applications.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Step } from "../../model/incident.ts";
import { commonOf } from "../../resolve/acting.ts";
import { accountFor } from "../../generate/step-run.ts";
import { flag, integer, nonEmpty, oneOf, optional, text } from "../../format/shape.ts";
import { signInRows, type SignIn } from "./sign-in-rows.ts";
import { personKey } from "../common.ts";
import { stepKind, type StepKind } from "../step.ts";

const risks = ["none", "low", "medium", "high"] as const;

/** Somebody signs in to a cloud application. */
export interface SignInStepFile extends StepFile {
  readonly signIn: string;
  readonly as?: string;
  readonly from?: string;
  readonly country?: string;
  readonly city?: string;
  readonly resource?: string;
  readonly error?: number;
  readonly interactive?: boolean;
  readonly mfa?: boolean;
  readonly risk?: (typeof risks)[number];
  readonly userAgent?: string;
  readonly client?: string;
}

export interface SignInStep extends Step {
  readonly kind: "signIn";
  readonly file: SignInStepFile;
}

export const signInKind: StepKind = stepKind<SignInStepFile, SignInStep>({
  name: "signIn",
  title: "somebody signs in to a cloud application",
  without: ["on"],
  about:
    "Gives the same sign-in as each product records it: rows of `AADSignInEventsBeta` and of `EntraIdSignInEvents` (called by the step's id and `entra`) for Defender, and one of `SigninLogs`, or of `AADNonInteractiveUserSignInLogs`, (`log`) for Sentinel.",
  example: `- signIn: Azure Portal
  from: 203.0.113.9
  country: NL
  error: 50126`,
  keys: {
    signIn: nonEmpty({
      description:
        "The application; those of Microsoft that docs/scenarios.md lists have their own ids",
    }),
    as: personKey,
    from: optional(
      text({ description: "Address", fallback: "the public address of the organisation" }),
    ),
    country: optional(
      text(
        { description: "Two letters, such as `NL`" },
        {
          pattern: "^[A-Z]{2}$",
          errorMessage: "must be two capital letters such as `NL`",
        },
      ),
    ),
    city: optional(text({ description: "City" })),
    resource: optional(text({ description: "What is asked for", fallback: "`Microsoft Graph`" })),
    error: optional(
      integer({ description: "Error code, such as `50126`", fallback: "`0`" }, 0, 999_999_999),
    ),
    interactive: optional(flag({ description: "Whether a person did it", fallback: "`true`" })),
    mfa: optional(flag({ description: "Whether a second factor was asked", fallback: "`false`" })),
    risk: optional(oneOf(risks, { description: "Risk of the sign-in", fallback: "`none`" })),
    userAgent: optional(text({ description: "User agent", fallback: "that of Edge" })),
    client: optional(text({ description: "Kind of client", fallback: "`Browser`" })),
  },
  resolve(step, place, context) {
    const { path } = place;
    if (step.from !== undefined && isIP(step.from) === 0) {
      context.problems.at([...path, "from"], "KT0513", {
        message: `\`${step.from}\` is no IP address`,
        hint: "write it like `203.0.113.9`",
      });
    }
    return {
      kind: "signIn",
      ...commonOf(step, "AADSignInEventsBeta", { place, context, placeless: true }),
      account: personOf(step.as, context, path),
      file: step,
    };
  },
  rows(step, { time }, run) {
    const { draw, clock } = run;
    const { file, id } = step;
    const { resource = "Microsoft Graph", error = 0 } = file;
    const idOf = (name: string): string =>
      applications[name] ?? guid(draw.random(`application/${name}`));
    const signIn: SignIn = {
      time,
      account: accountFor(step, run),
      application: { name: file.signIn, id: idOf(file.signIn) },
      resource: { name: resource, id: idOf(resource) },
      address: file.from ?? run.world.publicAddress,
      country: file.country ?? "",
      city: file.city ?? "",
      error,
      reason: signInErrors[error] ?? "Other.",
      isInteractive: file.interactive ?? true,
      isMultiFactor: file.mfa ?? false,
      risk: file.risk ?? "none",
      userAgent: file.userAgent ?? edge,
      client: file.client ?? "Browser",
      tenant: run.world.tenant,
      correlationId: guid(draw.random(`correlation/${id}`)),
      requestId: guid(draw.random(`request/${id}`)),
      sessionId: guid(draw.random(`session/${step.account ?? ""}`)),
    };
    return signInRows(signIn, clock);
  },
});

const edge =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0";
