import type { Random } from "../../base/random.ts";
import { commandLine, commandText, startedBy } from "../generate/command-line.ts";
import type { Integrity } from "../facts/windows.ts";
import { fileFacts, type FileFacts } from "../generate/file-facts.ts";
import type { Link } from "../model/incident.ts";
import { elevationOf, integrityOf, usualParent, type Process } from "../generate/processes.ts";
import { linkOf } from "../model/program-reference.ts";
import type { Account, Device } from "../generate/incident-world.ts";
import type { Activity, Invocation } from "./profile.ts";
import { compileText, fillText, type TextTemplate } from "./lines/text-template.ts";

/** What the processes of one program in one place of the tree have in common on a device. */
export interface Image {
  readonly key: string;
  readonly file: FileFacts;
  readonly account: Account;
  readonly integrity: Integrity;
  readonly elevation: string;
  readonly command: TextTemplate;
  readonly parent: Image | undefined;
  /** Runs in a console. */
  readonly isTool: boolean;
  /** Whose children find a console there. */
  readonly hasConsole: boolean;
  /** What shows the console that a process is started with; absent where it has that of its parent, or none. */
  readonly console: Image | undefined;
  /** One process from the start of the session to its end; otherwise one for each job. */
  readonly lasting: boolean;
}

/** A process of the background. */
export interface Running extends Process {
  readonly image: Image;
  readonly parent?: Running;
}

/** The programs of a device, each below its parents. */
export interface Tree {
  readonly device: Device;
  readonly accounts: ReadonlyMap<string, Account>;
  /** What `{user}` and `{domain}` stand for. */
  readonly names: { readonly user: string; readonly domain: string };
  /** By what they are and whose children, parents first. */
  readonly images: Map<string, Image>;
}

/** The image that does `activity`; it and those above it are added to `tree`. Ask for those of the session first: jobs below them share their processes. */
export function addActivity(tree: Tree, activity: Activity): Image {
  const [own, ...above] = linksOf(activity);
  if (own === undefined) throw new Error("an activity of no program");
  const account = accountFor(tree, own, activity.as ?? "user");
  return addImage(tree, [own, ...above], {
    account,
    lasting: activity.runs === "session",
    isJob: activity.runs === "job",
    command: activity.command,
    integrity: activity.integrity,
  });
}

interface Wanted {
  readonly account: Account;
  readonly lasting: boolean;
  /** Each one is started anew, even where the program usually stays. */
  readonly isJob?: boolean;
  readonly command?: string | undefined;
  readonly integrity?: Integrity | undefined;
}

function addImage(tree: Tree, links: readonly Link[], wanted: Wanted): Image {
  const [link, ...others] = links;
  if (link === undefined) throw new Error("an image of no program");
  const { account, command } = wanted;
  const parent = addParent(tree, [link, ...others], wanted);
  const integrity = wanted.integrity ?? link.program?.integrity ?? integrityOf(account, parent);
  const own = `${account.alias} ${integrity} ${link.path} ${command ?? link.arguments ?? ""}`;
  const key = `${parent?.key ?? ""}/${own}`;
  const known = tree.images.get(key);
  if (known !== undefined) return known;
  const file = fileFacts(link, link.path.replaceAll("{user}", tree.names.user));
  const text = commandLine(commandText({ link, command, parent }), file);
  const compiled = compileText(startedBy(parent, text, file.name), tree.names);
  const image = withConsole(link, {
    key,
    file,
    account,
    integrity,
    elevation: elevationOf(account, integrity),
    command: compiled,
    parent,
    lasting: isLasting(link, compiled, wanted) && parent?.lasting !== false,
  });
  tree.images.set(key, image);
  return image;
}

function isLasting(link: Link, command: TextTemplate, { lasting, isJob }: Wanted): boolean {
  return lasting || (isJob !== true && isResident(link, command));
}

type Bare = Omit<Image, "isTool" | "hasConsole" | "console">;

/** `bare` with a console of its own where `link` needs one and does not find its parent's. */
function withConsole({ program }: Link, bare: Bare): Image {
  const isTool = program?.console === "needed";
  const hasConsole = isTool || program?.console === "given";
  const image = { ...bare, isTool, hasConsole, console: undefined };
  const isAlone = isTool && !bare.lasting && bare.parent?.hasConsole !== true;
  return isAlone ? { ...image, console: consoleBelow(image) } : image;
}

/** The console of the processes of `parent`. */
function consoleBelow(parent: Image): Image {
  const { account, integrity, elevation } = parent;
  const link = linkFor("conhost.exe");
  return {
    key: `${parent.key}/console`,
    file: fileFacts(link, link.path),
    account,
    integrity,
    elevation,
    command: compileText(commandText({ link, parent }), { user: "", domain: "" }),
    parent,
    isTool: false,
    hasConsole: false,
    console: undefined,
    lasting: false,
  };
}

/** What is started with other arguments each time is started each time. */
function isResident({ program }: Link, command: TextTemplate): boolean {
  return program?.resident === true && command.drawn.length === 0;
}

function addParent(
  tree: Tree,
  [link, ...above]: readonly [Link, ...Link[]],
  wanted: Wanted,
): Image | undefined {
  const [own = usualParent(link, wanted.account), ...others] = above;
  if (own === undefined) return undefined;
  const account = ownAccount(tree, own) ?? wanted.account;
  return addImage(tree, [own, ...others], { account, lasting: wanted.lasting });
}

const linksByActivity = new Map<Activity, readonly Link[]>();

function linksOf(activity: Activity): readonly Link[] {
  let known = linksByActivity.get(activity);
  if (known === undefined) {
    known = activity.chain.map(linkFor);
    linksByActivity.set(activity, known);
  }
  return known;
}

function linkFor(invocation: Invocation): Link {
  const [name, args] = typeof invocation === "string" ? [invocation] : invocation;
  const link = linkOf(name);
  if (link === undefined) throw new Error(`no program ${name}`);
  return args === undefined ? link : { ...link, arguments: args };
}

function ownAccount(tree: Tree, { program }: Link): Account | undefined {
  const name = program?.account ?? "user";
  return name === "user" ? undefined : tree.accounts.get(name);
}

function accountFor(tree: Tree, link: Link, alias: string): Account {
  const account = alias === "user" ? ownAccount(tree, link) : undefined;
  const found = account ?? tree.accounts.get(alias);
  if (found === undefined) throw new Error(`nobody is \`${alias}\` on ${tree.device.name}`);
  return found;
}

/** From the start of a device to its end: what its processes have from it. */
export interface Session {
  readonly device: Device;
  /** Ticks from the beginning of the span. */
  readonly boot: number;
  /** The id of the logon of each account and token. */
  readonly logonOf: (account: Account, integrity: Integrity) => number;
  /** A process id that no running process has; that of a job is free again some hundred jobs later. */
  readonly nextPid: (lasting: boolean) => number;
  readonly nextUniqueId: () => string;
}

/** A process of `image`, created at `creation`. */
export function startImage(
  image: Image,
  at: {
    readonly session: Session;
    readonly creation: number;
    readonly parent: Running | undefined;
  },
  random: Random,
): Running {
  const { session, creation, parent } = at;
  const { account, file, integrity, elevation, lasting } = image;
  const own = {
    image,
    device: session.device,
    account,
    file,
    command: fillText(image.command, random),
    integrity,
    elevation,
    creation,
    pid: session.nextPid(lasting),
    logonId: session.logonOf(account, integrity),
    uniqueId: session.nextUniqueId(),
    resident: lasting,
  };
  return parent === undefined ? own : { ...own, parent };
}
