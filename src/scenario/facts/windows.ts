export const operatingSystems = [
  "Windows10",
  "Windows11",
  "WindowsServer2019",
  "WindowsServer2022",
] as const;

export type OperatingSystem = (typeof operatingSystems)[number];

export type Integrity = "Low" | "Medium" | "High" | "System";
