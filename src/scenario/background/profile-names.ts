/** The names of all profiles. */
export const profileNames = [
  "office-day",
  "developer",
  "ci-runner",
  "it-admin",
  "server",
  "kiosk",
] as const;

export type ProfileName = (typeof profileNames)[number];
