import { isIP } from "node:net";
import type { Draw } from "../../model/draw.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import type { Step } from "../../model/incident.ts";
import { addressesOf, addressType } from "../../model/address.ts";
import { actingProcess, commonOf } from "../../resolve/acting.ts";
import {
  deviceEventRow,
  deviceRow,
  type Clock,
  type Columns,
  type Sighting,
} from "../../generate/event-rows.ts";
import { fill, seen } from "../../generate/step-run.ts";
import { flag, listOf, oneOf, optional, text } from "../../format/shape.ts";
import { parseTarget } from "../../model/target.ts";
import { asKey, byKey } from "../common.ts";
import { remoteAddress } from "./connection.ts";
import { stepKind, type StepKind } from "../step.ts";

const types = ["A", "AAAA", "CNAME", "MX", "NS", "PTR", "SRV", "TXT"] as const;

/** A name is looked up. */
export interface DnsStepFile extends StepFile {
  readonly dns: string;
  readonly by: string;
  readonly as?: string;
  readonly type?: (typeof types)[number];
  readonly answers?: readonly string[];
  readonly inspected?: boolean;
}

export interface DnsStep extends Step {
  readonly kind: "dns";
  readonly query: string;
  readonly type: (typeof types)[number];
  /** Absent: an address of the host's own. */
  readonly answers: readonly string[] | undefined;
  readonly inspected: boolean;
}

const table = "DeviceEvents";

export const dnsKind: StepKind = stepKind<DnsStepFile, DnsStep>({
  name: "dns",
  title: "a process looks up a name",
  about:
    "Gives a row of `DeviceEvents` (`DnsQueryResponse`) with `DnsQueryString` and `DnsQueryResult` in `AdditionalFields`; with `inspected`, also the row of `DeviceNetworkEvents` (`DnsConnectionInspected`) that is seen on the wire and knows no process, called by the step's id and `wire`. A connection to the same host goes to the first answer.",
  example: `- process: powershell.exe
- dns: pastebin.com
  by: powershell.exe
  inspected: true`,
  keys: {
    dns: text({ description: "The name" }, { minLength: 1 }),
    by: byKey,
    as: asKey,
    type: optional(oneOf(types, { description: "Type of the record", fallback: "`A`" })),
    answers: optional(
      listOf(text({ description: "" }), {
        description: "What the answer holds. An empty list: there is no such name",
        fallback: "for `A` an address that the host resolves to, as in `connection`; else nothing",
      }),
    ),
    inspected: optional(
      flag({ description: "Whether the packet was seen on the wire too", fallback: "`false`" }),
    ),
  },
  resolve(step, place, context) {
    const { path } = place;
    const target = parseTarget(step.dns);
    const isName = target?.url === undefined && target?.port === undefined && !target?.isAddress;
    if (target === undefined || !isName) {
      context.problems.at([...path, "dns"], "KT0513", {
        message: `\`${step.dns}\` is no host name`,
        hint: "write it like `pastebin.com`",
      });
    }
    const { owner, account, above } = actingProcess(step, path, context);
    return {
      kind: "dns",
      ...commonOf(step, table, { place, context, above }),
      owner,
      account,
      query: step.dns,
      type: step.type ?? "A",
      answers: step.answers,
      inspected: step.inspected ?? false,
    };
  },
  rows(step, { time }, run) {
    const { draw, clock } = run;
    const sighting = seen(step, time, run);
    const query = {
      ...step,
      query: fill(step.query, "dns", { step, run }),
      answers: step.answers?.map((answer, number) => fill(answer, `dns/${number}`, { step, run })),
    };
    const answered = { ...query, answers: query.answers ?? ownAnswers(query, draw) };
    const row = dnsRow(answered, sighting, clock);
    if (!step.inspected) return [{ table, row }];
    const wire = inspectedRow(answered, sighting, { clock, draw });
    return [
      { table, row },
      { table: "DeviceNetworkEvents", row: wire, name: "wire" },
    ];
  },
});

function ownAnswers(
  { query, type }: Pick<DnsStep, "query" | "type">,
  draw: Draw,
): readonly string[] {
  if (type !== "A") return [];
  // The first is the one that connections of this scenario go to.
  const first = remoteAddress({ host: query, isAddress: false }, draw);
  return [first, ...addressesOf(query).filter((address) => address !== first)];
}

export interface DnsQuery {
  readonly id: string;
  readonly query: string;
  readonly type: string;
  readonly answers: readonly string[];
}

/** The row of a look-up by a process. */
export function dnsRow({ query, type, answers }: DnsQuery, of: Sighting, clock: Clock): Columns {
  const row = deviceEventRow(of, "DnsQueryResponse", clock);
  const result = answers.map((Result) => ({ DnsQueryType: answerType(Result, type), Result }));
  row["AdditionalFields"] = JSON.stringify({ DnsQueryString: query, DnsQueryResult: result });
  return row;
}

function answerType(answer: string, type: string): string {
  return isIP(answer) === 6 ? "AAAA" : isIP(answer) === 4 ? "A" : type;
}

/** The row of a look-up as it is seen on the wire. */
export function inspectedRow(
  { id, query, type, answers }: DnsQuery,
  of: Sighting,
  { clock, draw }: { readonly clock: Clock; readonly draw: Draw },
): Columns {
  const row = deviceRow(of, "DnsConnectionInspected", clock);
  // The resolver is the same for all of a device's questions.
  const server = of.device.ip.replace(/\d+$/, "2");
  row["RemoteIP"] = addressType(of.device.ip) === "Private" ? server : "10.0.0.2";
  row["RemotePort"] = 53;
  row["LocalIP"] = of.device.ip;
  row["LocalPort"] = draw.random(`port/${id}-wire`).integer(49_152, 65_535);
  row["Protocol"] = "Udp";
  row["InitiatingProcessId"] = 0;
  row["InitiatingProcessTokenElevation"] = "None";
  row["AdditionalFields"] = JSON.stringify({
    direction: "Out",
    query,
    qtype_name: type,
    rcode_name: answers.length === 0 && type === "A" ? "NXDOMAIN" : "NOERROR",
    answers: JSON.stringify(answers),
  });
  return row;
}
