import { addressType } from "../../scenario/model/address.ts";
import { dropped, type Imported, type Importer, type RecordingContext } from "../context.ts";
import { initiatingColumns, known, startedColumns, type ProcessFacts } from "../process-facts.ts";
import { mentionedProcess } from "./sysmon-process.ts";
import { addressOf, instantOf, numberOf } from "../text-values.ts";
import type { WindowsEvent } from "./windows-event.ts";

/** What becomes of each Sysmon event, by its id. */
export const sysmonImporters: Readonly<Record<number, Importer>> = {
  1: importProcess,
  3: importConnection,
  5: () => dropped("Defender has no row for the end of a process"),
  22: importQuery,
};

/** When a Sysmon event happened. */
export function sysmonTime({ data, time }: WindowsEvent): string | undefined {
  return instantOf(data["UtcTime"]) ?? instantOf(time);
}

function importProcess(event: WindowsEvent, context: RecordingContext): Imported {
  const process = context.processByGuid(event.computer, event.data["ProcessGuid"] ?? "");
  const time = sysmonTime(event);
  if (process === undefined || time === undefined) return dropped("no time");
  const row = { ActionType: "ProcessCreated", ...startedColumns(process) };
  return { kind: "row", table: "DeviceProcessEvents", time, row };
}

/** The two ends of a connection as the device sees them. */
export function endsOf({ data }: WindowsEvent): {
  readonly outbound: boolean;
  readonly local: { readonly address: string | undefined; readonly port: number | undefined };
  readonly remote: { readonly address: string | undefined; readonly port: number | undefined };
} {
  const outbound = data["Initiated"]?.toLowerCase() === "true";
  const end = (name: string) => ({
    address: addressOf(data[`${name}Ip`]),
    port: numberOf(data[`${name}Port`]),
  });
  const [local, remote] = outbound ? ["Source", "Destination"] : ["Destination", "Source"];
  return { outbound, local: end(local ?? ""), remote: end(remote ?? "") };
}

function importConnection(event: WindowsEvent, context: RecordingContext): Imported {
  const { computer, data } = event;
  if (data["Protocol"]?.toLowerCase() !== "tcp") return dropped("Defender reports TCP alone");
  const time = sysmonTime(event);
  if (time === undefined) return dropped("no time");
  const { outbound, local, remote } = endsOf(event);
  // Sysmon's own host name is a reverse lookup; only what the process asked for is the name it meant.
  const name =
    outbound && remote.address !== undefined
      ? context.askedName(computer, data["ProcessGuid"] ?? "", { address: remote.address, time })
      : undefined;
  const row = known({
    ActionType: outbound ? "ConnectionSuccess" : "InboundConnectionAccepted",
    RemoteIP: remote.address,
    RemotePort: remote.port,
    RemoteUrl: name,
    LocalIP: local.address,
    LocalPort: local.port,
    Protocol: "Tcp",
    LocalIPType: local.address && addressType(local.address),
    RemoteIPType: remote.address && addressType(remote.address),
    ...actorColumns(event, context),
  });
  return { kind: "row", table: "DeviceNetworkEvents", time, row };
}

function importQuery(event: WindowsEvent, context: RecordingContext): Imported {
  const { data } = event;
  const time = sysmonTime(event);
  const host = data["QueryName"] ?? "";
  if (time === undefined) return dropped("no time");
  const answers = answersOf(data["QueryResults"] ?? "");
  const results = answers.map((address) => ({
    DnsQueryType: address.includes(":") ? "AAAA" : "A",
    Result: address,
  }));
  const fields = { DnsQueryString: withoutDot(host), DnsQueryResult: results };
  const row = known({
    ActionType: "DnsQueryResponse",
    AdditionalFields: JSON.stringify(fields),
    ...actorColumns(event, context),
  });
  return { kind: "row", table: "DeviceEvents", time, row };
}

function actorColumns(event: WindowsEvent, context: RecordingContext) {
  const actor: ProcessFacts | undefined =
    context.processByGuid(event.computer, event.data["ProcessGuid"] ?? "") ??
    mentionedProcess(event.data, context.directory);
  // A process that was gone already leaves its id and nothing else.
  if (actor !== undefined) return initiatingColumns(actor);
  return known({ InitiatingProcessId: numberOf(event.data["ProcessId"]) });
}

/** The addresses in `type:  5 cname;::ffff:52.179.129.229;`. */
export function answersOf(results: string): readonly string[] {
  return results.split(";").flatMap((part) => {
    const address = part.includes("type:") ? undefined : addressOf(part.trim());
    return address === undefined || !/^[\d.]+$|:/.test(address) ? [] : [address];
  });
}

/** `host` without the dot that ends a name in full. */
export function withoutDot(host: string): string {
  return host.replace(/\.$/, "");
}
