import type { ProgramAccount } from "../facts/programs.ts";
import type { DeviceFile } from "../format/scenario-file.ts";
import type { Integrity, OperatingSystem } from "../facts/windows.ts";

/** A known program, with other arguments than its usual ones where they matter. */
export type Invocation = string | readonly [program: string, arguments: string];

/** Something that devices do of themselves, day after day. */
export interface Activity {
  /** The program and those above it, from the process upwards; what is usually above the last one follows. */
  readonly chain: readonly [Invocation, ...Invocation[]];
  /** The whole command line, where the chain's arguments do not say it. */
  readonly command?: string;
  /** Whose it is; absent: the program's own account, else the user's. */
  readonly as?: ProgramAccount;
  readonly integrity?: Integrity;
  /** `session`: one process from the start of the session to its end. `job`: a process each time. */
  readonly runs: "session" | "job";
  /** `people`: in their hours. `clock`: day and night, as long as the device is on. */
  readonly pace: "people" | "clock";
  /** How often on a full day: a job starts, a process of the session has something to fetch. */
  readonly perDay: number;
  /** Share of the devices that have it; absent: all. */
  readonly share?: number;
  /** Hosts that it talks to, each with its weight; absent: it has no business with the network. */
  readonly hosts?: Readonly<Record<string, number>>;
  /** Most connections at a time; absent: as many as the statistics say. */
  readonly most?: number;
  /** What those who have it have besides. */
  readonly also?: readonly Activity[];
  /** How its connections name their host; absent: `program`. */
  readonly naming?: Naming;
}

/** `program`: host or nothing. `browser`: whole URLs too, which network protection sees. */
export type Naming = "program" | "browser";

/** When the people of a profile are there. */
export interface Rhythm {
  /** Weight of each hour of the day, 24 of them. */
  readonly hours: readonly number[];
  /** Share of a full day's work, Sunday first. */
  readonly weekdays: readonly [number, number, number, number, number, number, number];
}

/** What a kind of device does when nothing happens. */
export interface Profile {
  readonly about: string;
  readonly rhythm: Rhythm;
  /** `daily`: the device starts in the morning and is shut down in the evening. `always`: it started long before. */
  readonly power: "daily" | "always";
  /** What the names of its devices begin with. */
  readonly names: readonly string[];
  readonly os: readonly OperatingSystem[];
  readonly role: NonNullable<DeviceFile["role"]>;
  /** Whether somebody is signed in, and with which rights. */
  readonly user: "none" | "standard" | "admin";
  /** How soon after its start a process connects. */
  readonly delays: "desk" | "pipeline";
  readonly activities: readonly Activity[];
}
