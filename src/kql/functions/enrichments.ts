import type { KqlType } from "../../schema/types.ts";

/** A function of the hunting service that looks rows up: what it finds them by, and what it adds to them. */
export interface Enrichment {
  /** Columns that it may look rows up by, the usual one first. */
  readonly keys: readonly string[];
  readonly adds: Readonly<Record<string, KqlType>>;
}

/** Each gives its input with these columns added. */
export const enrichments: Readonly<Record<string, Enrichment>> = {
  FileProfile: {
    keys: ["SHA1", "SHA256"],
    adds: {
      SHA1: "string",
      SHA256: "string",
      MD5: "string",
      FileSize: "long",
      GlobalPrevalence: "int",
      GlobalFirstSeen: "datetime",
      GlobalLastSeen: "datetime",
      Signer: "string",
      Issuer: "string",
      SignerHash: "string",
      IsCertificateValid: "bool",
      IsRootSignerMicrosoft: "bool",
      SignatureState: "string",
      IsExecutable: "bool",
      ThreatName: "string",
      Publisher: "string",
      SoftwareName: "string",
      ProfileAvailability: "string",
    },
  },
  SeenBy: { keys: ["DeviceId"], adds: { SeenBy: "dynamic" } },
  DeviceFromIP: { keys: ["IP"], adds: { DeviceId: "string" } },
};

/** The enrichment called `name`, if it is one. */
export function enrichmentOf(name: string): Enrichment | undefined {
  return Object.hasOwn(enrichments, name) ? enrichments[name] : undefined;
}

/** The input with each column added that it lacks, empty. */
export function enrichmentBody({ adds }: Enrichment): string {
  const columns = Object.entries(adds).map(([name, type]) => {
    const empty = type === "string" ? '""' : `${type}(null)`;
    return `${name} = column_ifexists("${name}", ${empty})`;
  });
  return `{ T | extend ${columns.join(", ")} }`;
}
