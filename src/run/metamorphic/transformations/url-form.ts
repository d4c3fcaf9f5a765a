import { mapTexts, type Transformation } from "./transformation.ts";

/** `RemoteUrl` as a URL where it is a host, and as a host where it is a URL: the sensor writes either. */
export const urlForm: Transformation = {
  name: "url-form",
  description: "`RemoteUrl` as a URL instead of a host, or the other way round",
  apply: ({ events }) =>
    mapTexts(events, (text, column) => (column === "RemoteUrl" ? otherForm(text) : text)),
};

function otherForm(text: string): string {
  const host = /^https?:\/\/([^/?#@]+)/i.exec(text)?.[1];
  if (host !== undefined) return host;
  return /^[\w.-]+(?::\d+)?$/.test(text) ? `https://${text}/` : text;
}
