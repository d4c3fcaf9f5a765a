import { clickKind } from "./click.ts";
import { connectionKind } from "./connection.ts";
import { dnsKind } from "./dns.ts";
import { fileKind } from "./file.ts";
import { imageKind } from "./image.ts";
import { inboundKind } from "./inbound.ts";
import { listenKind } from "./listen.ts";
import { logonKind } from "./logon.ts";
import { mailKind } from "./mail.ts";
import { processKind } from "./process.ts";
import { registryKind } from "./registry.ts";
import { rowKind } from "./row.ts";
import { rowsKind } from "./rows.ts";
import { scriptKind } from "./script.ts";
import { signInKind } from "./sign-in.ts";
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
