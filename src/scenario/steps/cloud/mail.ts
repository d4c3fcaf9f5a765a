import { defined } from "../../../base/defined.ts";
import { hash32 } from "../../../base/random.ts";
import { suggestion } from "../../../base/text.ts";
import type { YamlPath } from "../../../base/yaml.ts";
import { addressesOf } from "../../model/address.ts";
import { guid, type Draw } from "../../model/draw.ts";
import type { StepFile } from "../../format/scenario-file.ts";
import { fileFacts } from "../../generate/file-facts.ts";
import type { Step } from "../../model/incident.ts";
import { commonOf } from "../../resolve/acting.ts";
import type { Context } from "../../resolve/resolve-reference.ts";
import type { Clock, Columns } from "../../generate/event-rows.ts";
import { fill, type Run } from "../../generate/step-run.ts";
import { listOf, nonEmpty, oneOf, optional, text } from "../../format/shape.ts";
import { parseTarget } from "../../model/target.ts";
import { stepKind, type StepKind, type StepRow } from "../step.ts";

const deliveries = ["Delivered", "Junked", "Blocked", "Replaced"] as const;
const threats = ["Phish", "Malware", "Spam"] as const;

/** A message arrives, or is sent. */
export interface MailStepFile extends StepFile {
  readonly mail: string;
  readonly from: string;
  readonly displayName?: string;
  readonly to: readonly string[];
  readonly urls?: readonly string[];
  readonly attachments?: readonly string[];
  readonly delivery?: (typeof deliveries)[number];
  readonly threats?: readonly (typeof threats)[number][];
}

export interface MailStep extends Step {
  readonly kind: "mail";
  readonly subject: string;
  /** Addresses, or aliases of users. */
  readonly from: string;
  readonly displayName: string | undefined;
  readonly to: readonly string[];
  readonly urls: readonly string[];
  readonly attachments: readonly string[];
  readonly delivery: (typeof deliveries)[number];
  readonly threats: readonly string[];
}

const words = (description: string): { readonly description: string } => ({ description });

export const mailKind: StepKind = stepKind<MailStepFile, MailStep>({
  name: "mail",
  title: "a message arrives or is sent",
  without: ["on"],
  about:
    "Gives a row of `EmailEvents` for each recipient, of `EmailUrlInfo` for each URL, and of `EmailAttachmentInfo` for each attachment and recipient. All have one `NetworkMessageId`. Whether it is `Inbound`, `Outbound` or `Intra-org` follows from who is a user of the scenario. An attachment that is saved or started under its name later has the same hashes.",
  example: String.raw`- mail: Your invoice
  from: billing@fabrikam.example
  to: [alice]
  urls: ["https://pastebin.com/raw/x1"]
  attachments: [invoice.docm]
  threats: [Phish]`,
  keys: {
    mail: text(words("The subject")),
    from: nonEmpty(words("The sender: an address, or a user of the scenario")),
    displayName: optional(text(words("The sender's name as it is shown"))),
    to: {
      ...listOf(text(words("")), words("The recipients: users of the scenario, or addresses")),
      schema: { type: "array", minItems: 1, items: { type: "string", minLength: 1 } },
    },
    urls: optional(listOf(nonEmpty(words("")), words("URLs in the text"))),
    attachments: optional(listOf(nonEmpty(words("")), words("Names of attached files"))),
    delivery: optional(
      oneOf(deliveries, { description: "What became of it", fallback: "`Delivered`" }),
    ),
    threats: optional(
      listOf(oneOf(threats, words("")), {
        description: "What was found in it: `Phish`, `Malware`, `Spam`",
        fallback: "nothing",
      }),
    ),
  },
  resolve(step, place, context) {
    const { path } = place;
    checkAddress(step.from, [...path, "from"], context);
    step.to.forEach((to, index) => checkAddress(to, [...path, "to", index], context));
    const sender = context.actors.users.has(step.from) ? { account: step.from } : {};
    return {
      kind: "mail",
      ...commonOf(step, "EmailEvents", { place, context, placeless: true }),
      ...sender,
      subject: step.mail,
      from: step.from,
      displayName: step.displayName,
      to: step.to,
      urls: step.urls ?? [],
      attachments: step.attachments ?? [],
      delivery: step.delivery ?? "Delivered",
      threats: step.threats ?? [],
      mentions: [step.from, ...step.to],
    };
  },
  rows(step, { time }, run) {
    const of = { step, run };
    const message: Message = {
      id: messageId(step.id, run.draw),
      time,
      subject: fill(step.subject, "subject", of),
      from: personOf(step.from, run),
      displayName: step.displayName ?? "",
      to: step.to.map((to) => personOf(to, run)),
      urls: step.urls.map((url, index) => fill(url, `url/${index}`, of)),
      attachments: step.attachments.map((name, index) => fill(name, `file/${index}`, of)),
      delivery: step.delivery,
      threats: step.threats,
    };
    return mailRows(message, run.clock);
  },
});

function checkAddress(text: string, path: YamlPath, { actors, problems }: Context): void {
  if (actors.users.has(text) || /^[^@\s]+@[^@\s]+$/.test(text)) return;
  problems.at(path, "KT0523", {
    message: `\`${text}\` is neither a user nor a mail address`,
    hint: suggestion(text, [...actors.users.keys()]),
  });
}

/** The id of the message that the step `id` tells of. */
export function messageId(id: string, draw: Draw): string {
  return guid(draw.random(`mail/${id}`));
}

/** Somebody who sends or gets mail. */
export interface Correspondent {
  readonly address: string;
  /** Set for people of the organisation. */
  readonly objectId?: string;
}

function personOf(text: string, { world }: Run): Correspondent {
  const account = world.accounts.get(text);
  if (account?.upn === undefined) return { address: text };
  return {
    address: account.upn,
    ...defined({ objectId: account.objectId }),
  };
}

export interface Message {
  readonly id: string;
  /** Ticks relative to now. */
  readonly time: number;
  readonly subject: string;
  readonly from: Correspondent;
  readonly displayName: string;
  readonly to: readonly Correspondent[];
  readonly urls: readonly string[];
  readonly attachments: readonly string[];
  readonly delivery: (typeof deliveries)[number];
  readonly threats: readonly string[];
}

const locations: Readonly<Record<Message["delivery"], string>> = {
  Delivered: "Inbox/folder",
  Junked: "Junk folder",
  Blocked: "Quarantine",
  Replaced: "Inbox/folder",
};

/** The rows of one message: the events first, then its URLs and attachments. */
export function mailRows(message: Message, clock: Clock): readonly StepRow[] {
  const { to, urls, attachments } = message;
  return [
    ...to.map((person, index) => ({
      table: "EmailEvents",
      row: eventRow(message, person, clock),
      ...(index === 0 ? {} : { name: `to-${index + 1}` }),
    })),
    ...urls.map((url, index) => ({
      table: "EmailUrlInfo",
      row: urlRow(message, url, clock),
      name: `url-${index + 1}`,
    })),
    ...attachments.flatMap((file, index) =>
      to.map((person, number) => ({
        table: "EmailAttachmentInfo",
        row: attachmentRow(message, { file, person }, clock),
        name: `file-${index + 1}${number === 0 ? "" : `-to-${number + 1}`}`,
      })),
    ),
  ];
}

function eventRow(message: Message, person: Correspondent, clock: Clock): Columns {
  const { id, from, subject, threats, delivery } = message;
  const domain = domainOf(from.address);
  const isInside = from.objectId !== undefined;
  const row: Columns = {
    Timestamp: clock(message.time),
    NetworkMessageId: id,
    InternetMessageId: `<${id}@${domain}>`,
    SenderMailFromAddress: from.address,
    SenderFromAddress: from.address,
    SenderDisplayName: message.displayName,
    SenderMailFromDomain: domain,
    SenderFromDomain: domain,
    RecipientEmailAddress: person.address,
    Subject: subject,
    EmailClusterId: hash32(`${domain}/${subject}`),
    EmailDirection: directionOf(isInside, person.objectId !== undefined),
    DeliveryAction: delivery,
    DeliveryLocation: locations[delivery],
    AttachmentCount: message.attachments.length,
    UrlCount: message.urls.length,
    EmailLanguage: "en",
    ReportId: reportId(id, person.address),
    LatestDeliveryAction: delivery,
    LatestDeliveryLocation: locations[delivery],
  };
  if (!isInside) row["SenderIPv4"] = addressesOf(domain)[0] ?? "";
  if (!isInside) row["AuthenticationDetails"] = authentication(threats);
  if (from.objectId !== undefined) row["SenderObjectId"] = from.objectId;
  if (person.objectId !== undefined) row["RecipientObjectId"] = person.objectId;
  if (threats.length > 0) {
    row["ThreatTypes"] = threats.join(", ");
    row["ConfidenceLevel"] = JSON.stringify(
      Object.fromEntries(threats.map((one) => [one, "High"])),
    );
  }
  return row;
}

function authentication(threats: readonly string[]): string {
  const result = threats.includes("Phish") ? "fail" : "pass";
  return JSON.stringify({ SPF: result, DKIM: result, DMARC: result, CompAuth: result });
}

function directionOf(fromInside: boolean, toInside: boolean): string {
  if (!fromInside) return "Inbound";
  return toInside ? "Intra-org" : "Outbound";
}

function domainOf(address: string): string {
  return address.slice(address.indexOf("@") + 1);
}

/** Rows about one recipient share it: the message and a number of the recipient's. */
function reportId(id: string, address: string): string {
  return `${id}-${hash32(address)}-1`;
}

function urlRow(message: Message, url: string, clock: Clock): Columns {
  return {
    Timestamp: clock(message.time),
    NetworkMessageId: message.id,
    Url: url,
    UrlDomain: parseTarget(url)?.host ?? "",
    UrlLocation: "Body",
    ReportId: reportId(message.id, message.to[0]?.address ?? ""),
  };
}

function attachmentRow(
  message: Message,
  { file, person }: { readonly file: string; readonly person: Correspondent },
  clock: Clock,
): Columns {
  const facts = fileFacts({ path: file }, file);
  const row: Columns = {
    Timestamp: clock(message.time),
    NetworkMessageId: message.id,
    SenderFromAddress: message.from.address,
    SenderDisplayName: message.displayName,
    RecipientEmailAddress: person.address,
    FileName: facts.name,
    FileType: facts.name.slice(facts.name.lastIndexOf(".") + 1).toLowerCase(),
    SHA256: facts.sha256,
    FileSize: facts.size,
    ReportId: reportId(message.id, person.address),
  };
  if (person.objectId !== undefined) row["RecipientObjectId"] = person.objectId;
  if (message.threats.length > 0) row["ThreatTypes"] = message.threats.join(", ");
  return row;
}
