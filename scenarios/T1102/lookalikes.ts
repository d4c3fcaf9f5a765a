import { defineScenarios } from "kqltest";

const hosts = [
  "pastebin.com",
  "paste.ee",
  "api.telegram.org",
  "graph.microsoft.com",
  "gitee.com",
  "top4top.io",
] as const;

/** Names that hold the name of a web service, and are no name of it. */
const lookalikes = {
  prefix: (host: string) => `my${host}`,
  hyphen: (host: string) => `status-${host}`,
  parent: (host: string) => `${host}.proxy.contoso.example`,
} as const;

export const scenarios = defineScenarios({
  cases: hosts.flatMap((host) =>
    (["prefix", "hyphen", "parent"] as const).map((form) => ({ form, host })),
  ),
  scenario: ({ form, host }) => ({
    title: `A monitor asks ${lookalikes[form](host)} how it is`,
    description:
      "A company's own monitor asks a host whose name holds that of a public service, and belongs to somebody else.",
    truth: "benign",
    timeline: [
      { id: "monitor", at: "-50m", process: "curl.exe", parent: "cmd.exe < explorer.exe" },
      { id: "ask", connection: lookalikes[form](host), by: "monitor" },
    ],
  }),
});
