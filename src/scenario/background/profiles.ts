import type { ProfileName } from "./profile-names.ts";
import {
  administration,
  desktop,
  development,
  kiosk,
  managed,
  office,
  pipelines,
  serving,
  windows,
} from "./activities.ts";
import type { Profile, Rhythm } from "./profile.ts";

// oxfmt-ignore
const officeHours: Rhythm = {
  hours: [0, 0, 0, 0, 0, 0, 0.5, 3, 9, 10, 10, 9, 5, 8, 10, 9, 8, 4, 1, 0.5, 0.3, 0.2, 0.1, 0],
  weekdays: [0.03, 1, 1, 1, 0.95, 0.85, 0.05],
};

// oxfmt-ignore
const lateHours: Rhythm = {
  hours: [0.3, 0.1, 0, 0, 0, 0, 0.2, 1, 5, 10, 10, 9, 5, 8, 10, 10, 9, 7, 4, 2, 2, 1.5, 1, 0.5],
  weekdays: [0.15, 1, 1, 1, 1, 0.9, 0.15],
};

// oxfmt-ignore
const buildHours: Rhythm = {
  hours: [3, 6, 4, 2, 1, 1, 2, 4, 8, 10, 10, 10, 7, 9, 10, 10, 10, 8, 5, 3, 3, 2, 2, 2],
  weekdays: [0.3, 1, 1, 1, 1, 0.95, 0.3],
};

// oxfmt-ignore
const openingHours: Rhythm = {
  hours: [0, 0, 0, 0, 0, 0, 0, 1, 5, 8, 10, 10, 10, 10, 10, 10, 10, 9, 6, 2, 0, 0, 0, 0],
  weekdays: [0.6, 1, 1, 1, 1, 1, 1],
};

/** Every profile by its name. */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  "office-day": {
    about: "somebody at a desk: mail, chat, documents, a browser or two",
    rhythm: officeHours,
    power: "daily",
    names: ["ws", "lap", "desk", "nb"],
    os: ["Windows11", "Windows11", "Windows10"],
    role: "workstation",
    user: "standard",
    delays: "desk",
    activities: [...windows, ...managed, ...desktop, ...office],
  },
  developer: {
    about: "a desk with an editor, git, package managers and shells",
    rhythm: lateHours,
    power: "daily",
    names: ["dev", "lap"],
    os: ["Windows11"],
    role: "workstation",
    user: "admin",
    delays: "desk",
    activities: [...windows, ...managed, ...desktop, ...office, ...development],
  },
  "ci-runner": {
    about: "a build agent that runs pipelines as a service",
    rhythm: buildHours,
    power: "always",
    names: ["build", "agent"],
    os: ["WindowsServer2022", "WindowsServer2019"],
    role: "buildAgent",
    user: "none",
    delays: "pipeline",
    activities: [...windows, ...pipelines],
  },
  "it-admin": {
    about: "a desk from which others are looked after: consoles, scripts, the cloud's APIs",
    rhythm: officeHours,
    power: "daily",
    names: ["adm", "lap"],
    os: ["Windows11"],
    role: "workstation",
    user: "admin",
    delays: "desk",
    activities: [...windows, ...managed, ...desktop, ...office, ...administration],
  },
  server: {
    about: "a server with backup, monitoring and scheduled scripts; nobody is signed in",
    rhythm: buildHours,
    power: "always",
    names: ["srv", "app", "sql"],
    os: ["WindowsServer2022", "WindowsServer2019"],
    role: "server",
    user: "none",
    delays: "desk",
    activities: [...windows, ...serving],
  },
  kiosk: {
    about: "a screen for the public: one browser in one window",
    rhythm: openingHours,
    power: "daily",
    names: ["kiosk"],
    os: ["Windows10"],
    role: "workstation",
    user: "standard",
    delays: "desk",
    activities: [...windows, ...managed, ...kiosk],
  },
};
