import type { OperatingSystem } from "../facts/windows.ts";
import type { ProfileName } from "../background/profile-names.ts";
import type { Header } from "../expand/header.ts";
import type { FixturesFile } from "./fixtures-file.ts";

/** `scenarios/<technique>/<name>.yaml` as it is written, version 1. `schemas/scenario.schema.json` and `docs/scenarios.md` are made from the shapes of these types. */
export interface ScenarioFile extends Header {
  readonly version: 1;
  readonly title: string;
  readonly description?: string;
  readonly truth: "malicious" | "benign";
  readonly technique?: string;
  /** Seed of every drawn value; default: a hash of the scenario's id. */
  readonly seed?: number;
  /** DNS domain of devices and users; default: drawn. */
  readonly domain?: string;
  /** The organisation that it happens in, or the name of a file of `organisations/`. */
  readonly organisation?: OrganisationFile | string;
  /** Default: one device, called `device`. */
  readonly devices?: Readonly<Record<string, DeviceFile | null>>;
  /** Default: one user, called `user`. */
  readonly users?: Readonly<Record<string, UserFile | null>>;
  /** What answers, in this scenario alone, for data that is in no table. */
  readonly fixtures?: FixturesFile;
  /** What goes on around it. */
  readonly background?: BackgroundFile;
  /** What now is, whatever the run says. */
  readonly now?: string;
  readonly timeline: readonly (StepFile | BlockFile)[];
}

/** Ordinary days around a scenario. */
export interface BackgroundFile {
  readonly profile: ProfileName;
  readonly devices?: number;
  readonly days?: number;
  readonly on?: readonly string[];
}

/** Steps that happen again and again. */
export interface BlockFile {
  readonly steps: readonly StepFile[];
  readonly repeat: RepeatFile;
}

/** How often, and how far apart. */
export interface RepeatFile {
  readonly every: string;
  readonly times: number;
  readonly jitter?: string;
}

/** A device; what is left out is drawn. */
export interface DeviceFile {
  readonly name?: string;
  readonly id?: string;
  readonly ip?: string;
  readonly role?: "workstation" | "server" | "domainController" | "buildAgent";
  readonly os?: OperatingSystem;
  /** Who sits at it. */
  readonly user?: string;
  readonly zone?: string;
  readonly hours?: string;
}

/** `organisations/<name>.yaml`, or the same in a scenario. */
export interface OrganisationFile {
  readonly name: string;
  readonly domain: string;
  readonly tenant?: string;
  readonly publicIp?: string;
  readonly zone?: string;
  readonly hours?: string;
  readonly departments?: readonly string[];
  readonly devices?: Readonly<Record<string, DeviceFile | null>>;
  readonly users?: Readonly<Record<string, UserFile | null>>;
}

/** A person's account; what is left out is drawn. */
export interface UserFile {
  readonly name?: string;
  readonly domain?: string;
  readonly sid?: string;
  readonly upn?: string;
  /** Member of the local administrators. */
  readonly admin?: boolean;
  readonly objectId?: string;
  readonly displayName?: string;
  readonly department?: string;
  readonly roles?: readonly string[];
  /** No person, but what a service runs as. */
  readonly service?: boolean;
  readonly zone?: string;
  readonly hours?: string;
}

/** The keys of every step. What else a kind has, its own file in `steps/` says. */
export interface StepFile {
  readonly id?: string;
  readonly at?: string;
  readonly on?: string;
  readonly repeat?: RepeatFile;
  /** Columns of the row that are to differ from what the step gives; null empties one. */
  readonly columns?: Readonly<Record<string, unknown>>;
}
