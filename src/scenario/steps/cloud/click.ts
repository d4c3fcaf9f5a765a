import { suggestion } from "../../../base/text.ts";
import { personOf } from "../../resolve/actors.ts";
import { guid } from "../../model/draw.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Step } from "../../model/incident.ts";
import { commonOf } from "../../resolve/acting.ts";
import type { Clock, Columns } from "../../generate/event-rows.ts";
import { accountFor, fill } from "../../generate/step-run.ts";
import { flag, nonEmpty, oneOf, optional, text } from "../../format/shape.ts";
import { parseTarget } from "../../model/target.ts";
import { personKey } from "../common.ts";
import { messageId } from "./mail.ts";
import { stepKind, type StepKind } from "../step.ts";

const actions = ["ClickAllowed", "ClickBlocked", "UrlScanInProgress", "UrlErrorPage"] as const;
const workloads = ["Email", "Teams", "Office"] as const;

/** Somebody clicks a link that Safe Links watches. */
export interface ClickStepFile extends StepFile {
  readonly click: string;
  readonly as?: string;
  readonly mail?: string;
  readonly action?: (typeof actions)[number];
  readonly clickedThrough?: boolean;
  readonly workload?: (typeof workloads)[number];
}

export interface ClickStep extends Step {
  readonly kind: "click";
  readonly url: string;
  /** Id of the mail step. */
  readonly mail: string | undefined;
  readonly action: (typeof actions)[number];
  readonly clickedThrough: boolean;
  readonly workload: (typeof workloads)[number];
}

const table = "UrlClickEvents";

export const clickKind: StepKind = stepKind<ClickStepFile, ClickStep>({
  name: "click",
  title: "somebody clicks a link",
  without: ["on"],
  about: "Gives a row of `UrlClickEvents`.",
  example: String.raw`- id: lure
  mail: Your invoice
  from: billing@fabrikam.example
  to: [alice]
  urls: ["https://pastebin.com/raw/x1"]
- click: https://pastebin.com/raw/x1
  mail: lure
  as: alice`,
  keys: {
    click: nonEmpty({ description: "The URL" }),
    as: personKey,
    mail: optional(text({ description: "The earlier `mail` step that the link stood in" })),
    action: optional(
      oneOf(actions, { description: "What Safe Links did", fallback: "`ClickAllowed`" }),
    ),
    clickedThrough: optional(
      flag({ description: "Whether the warning was clicked away", fallback: "`false`" }),
    ),
    workload: optional(oneOf(workloads, { description: "Where it stood", fallback: "`Email`" })),
  },
  resolve(step, place, context) {
    const { path } = place;
    const { steps, ids, problems, actors } = context;
    if (parseTarget(step.click)?.url === undefined) {
      problems.at([...path, "click"], "KT0513", {
        message: `\`${step.click}\` is no URL`,
        hint: "write it like `https://pastebin.com/raw/x`",
      });
    }
    const index = step.mail === undefined ? undefined : ids.get(step.mail);
    if (step.mail !== undefined && (index === undefined || steps[index]?.kind !== "mail")) {
      const mails = steps.filter(({ kind }) => kind === "mail").map(({ id }) => id);
      problems.at([...path, "mail"], "KT0524", {
        message: `\`${step.mail}\` is no earlier \`mail\` step`,
        hint: suggestion(step.mail, mails) ?? "give the `mail` step an `id` and write it here",
      });
    }
    return {
      kind: "click",
      ...commonOf(step, table, { place, context, placeless: true }),
      account: personOf(step.as, { actors, problems }, path),
      url: step.click,
      mail: index === undefined ? undefined : steps[index]?.id,
      action: step.action ?? "ClickAllowed",
      clickedThrough: step.clickedThrough ?? false,
      workload: step.workload ?? "Email",
    };
  },
  rows(step, { time }, run) {
    const { draw, clock } = run;
    const click: Click = {
      ...step,
      time,
      url: fill(step.url, "click", { step, run }),
      upn: accountFor(step, run).upn ?? "",
      address: run.world.publicAddress,
      reportId: guid(draw.random(`report/${step.id}`)),
      ...(step.mail === undefined ? {} : { messageId: messageId(step.mail, draw) }),
    };
    return [{ table, row: clickRow(click, clock) }];
  },
});

export interface Click extends Pick<ClickStep, "url" | "action" | "clickedThrough" | "workload"> {
  readonly time: number;
  readonly upn: string;
  readonly address: string;
  readonly reportId: string;
  readonly messageId?: string;
}

/** The row of a click. */
export function clickRow(click: Click, clock: Clock): Columns {
  const row: Columns = {
    Timestamp: clock(click.time),
    Url: click.url,
    ActionType: click.action,
    AccountUpn: click.upn,
    Workload: click.workload,
    IPAddress: click.address,
    IsClickedThrough: click.clickedThrough,
    UrlChain: JSON.stringify([click.url]),
    ReportId: click.reportId,
  };
  if (click.messageId !== undefined) {
    row["NetworkMessageId"] = click.messageId;
    row["SourceId"] = click.messageId;
  }
  return row;
}
