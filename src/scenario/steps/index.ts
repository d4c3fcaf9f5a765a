import { clickKind } from "./cloud/click.ts";
import { connectionKind } from "./network/connection.ts";
import { dnsKind } from "./network/dns.ts";
import { fileKind } from "./device/file.ts";
import { imageKind } from "./device/image.ts";
import { inboundKind } from "./network/inbound.ts";
import { listenKind } from "./network/listen.ts";
import { logonKind } from "./device/logon.ts";
import { mailKind } from "./cloud/mail.ts";
import { processKind } from "./device/process.ts";
import { registryKind } from "./device/registry.ts";
import { rowKind } from "./row.ts";
import { rowsKind } from "./recorded-files.ts";
import { scriptKind } from "./device/script.ts";
import { signInKind } from "./cloud/sign-in.ts";
import type { StepKind } from "./step.ts";

/**
 * Every kind of step, in the order of the documentation. Where a step has the keys of two, it is of the first: the
 * `mail` of a click names a step.
 */
export const stepKinds: readonly StepKind[] = [
  processKind,
  connectionKind,
  dnsKind,
  listenKind,
  inboundKind,
  fileKind,
  registryKind,
  imageKind,
  scriptKind,
  logonKind,
  signInKind,
  clickKind,
  mailKind,
  rowKind,
  rowsKind,
];

const byName: ReadonlyMap<string, StepKind> = new Map(stepKinds.map((kind) => [kind.name, kind]));

/** The kind that a resolved step belongs to. */
export function kindOf(name: string): StepKind {
  const kind = byName.get(name);
  if (kind === undefined) throw new Error(`no kind of step: ${name}`);
  return kind;
}
