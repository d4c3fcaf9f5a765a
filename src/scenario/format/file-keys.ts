import { fixturesField } from "./fixture-keys.ts";
import { weekdays } from "../model/calendar.ts";
import { profileNames } from "../background/profile-names.ts";
import { caseKeys } from "./case-keys.ts";
import type {
  BackgroundFile,
  DeviceFile,
  OrganisationFile,
  ScenarioFile,
  UserFile,
} from "./scenario-file.ts";
import { operatingSystems } from "../facts/windows.ts";
import {
  flag,
  integer,
  listOf,
  mapOf,
  nonEmpty,
  objectSchema,
  oneOf,
  optional,
  text,
  type Field,
  type Shape,
} from "./shape.ts";

const domainName = {
  pattern: "^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*$",
  errorMessage: "must be letters, digits and hyphens, parted by dots, such as `contoso.example`",
};
const ipAddress = {
  anyOf: [{ format: "ipv4" }, { format: "ipv6" }],
  errorMessage: "must be an IP address such as `203.0.113.9`, without a port or a range",
};

const guidShape = {
  pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
  errorMessage: "must be a GUID in lower case such as `74be27de-1e4e-49d9-b579-fe0b331d3642`",
};
const orNothing = ["object", "null"];

const day = `(${weekdays.join("|")})`;

const zone = optional(
  text({
    description: "Time zone, for times such as `monday 09:15`",
    example: "Europe/Berlin",
    fallback: "the device's, the organisation's, or UTC",
  }),
);
const hours = optional(
  text(
    {
      description: "Working hours",
      example: "monday-friday 08:30-17:00",
      fallback: "`monday-friday 09:00-17:00`",
    },
    {
      pattern: `^${day}(-${day})? \\d\\d:\\d\\d-\\d\\d:\\d\\d$`,
      errorMessage: "must be days and times such as `monday-friday 08:30-17:00`",
    },
  ),
);

/** The keys of a device. */
export const deviceKeys: Shape<DeviceFile> = {
  name: optional(
    text(
      { description: "Host name; one without dots gets the domain", fallback: "drawn" },
      domainName,
    ),
  ),
  id: optional(
    text(
      { description: "40 lower-case hexadecimal digits", fallback: "made from the name" },
      {
        pattern: "^[0-9a-f]{40}$",
        errorMessage: `must be 40 lower-case hexadecimal digits such as \`${"0a1b2c3d".repeat(5)}\``,
      },
    ),
  ),
  ip: optional(
    text({ description: "An IP address", fallback: "drawn from 10.0.0.0/10" }, ipAddress),
  ),
  role: optional(
    oneOf(["workstation", "server", "domainController", "buildAgent"], {
      description: "What it is for",
      fallback: "`workstation`",
    }),
  ),
  os: optional(
    oneOf(operatingSystems, {
      description: "Operating system",
      fallback: "`Windows11`; `WindowsServer2022` for what is no workstation",
    }),
  ),
  user: optional(
    text({
      description: "The user who sits at it: where a step names one of both, the other follows",
    }),
  ),
  zone,
  hours,
};

/** The keys of a person's account. */
export const userKeys: Shape<UserFile> = {
  name: optional(nonEmpty({ description: "Account name", fallback: "drawn" })),
  domain: optional(
    nonEmpty({
      description: "Short name of the account's domain",
      fallback: "the first label of the domain",
    }),
  ),
  sid: optional(
    text(
      {
        description: "A SID",
        example: "S-1-5-21-1-2-3-1105",
        fallback: "made from the domain and the name, the same in every scenario",
      },
      {
        pattern: "^S-1(-\\d+)+$",
        errorMessage: "must be a SID such as `S-1-5-21-1-2-3-1105`",
      },
    ),
  ),
  upn: optional(
    text(
      {
        description: "A user principal name",
        example: "a.moreau@contoso.example",
        fallback: "the name at the domain",
      },
      {
        pattern: "^[^@\\s]+@[^@\\s]+$",
        errorMessage: "must be a name at a domain such as `a.moreau@contoso.example`",
      },
    ),
  ),
  admin: optional(flag({ description: "Member of the local administrators", fallback: "`false`" })),
  objectId: optional(
    text({ description: "Object id in Entra ID, a GUID", fallback: "drawn" }, guidShape),
  ),
  displayName: optional(
    text({ description: "Name as people read it", fallback: "in an organisation drawn" }),
  ),
  department: optional(text({ description: "One of the organisation's departments" })),
  roles: optional(listOf(nonEmpty({ description: "" }), { description: "Roles in Entra ID" })),
  service: optional(
    flag({ description: "No person, but what a service runs as", fallback: "`false`" }),
  ),
  zone,
  hours,
};

/** The keys of an organisation. */
export const organisationKeys: Shape<OrganisationFile> = {
  name: nonEmpty({ description: "Its name", example: "Contoso" }),
  domain: text(
    { description: "DNS domain of devices and users", example: "contoso.example" },
    domainName,
  ),
  tenant: optional(text({ description: "Id of its tenant, a GUID", fallback: "drawn" }, guidShape)),
  publicIp: optional(
    text(
      {
        description: "The address under which it is seen from outside",
        fallback: "one of a range for documentation",
      },
      ipAddress,
    ),
  ),
  zone,
  hours,
  departments: optional(
    listOf(nonEmpty({ description: "" }), {
      description: "Its departments; users may be in no other",
      fallback: "any",
    }),
  ),
  devices: optional(
    mapOf<DeviceFile | null>(objectSchema(deviceKeys, orNothing), {
      description: "Devices by the name that scenarios call them",
    }),
  ),
  users: optional(
    mapOf<UserFile | null>(objectSchema(userKeys, orNothing), {
      description: "People and service accounts by the name that scenarios call them",
    }),
  ),
};

/** The keys of what goes on around a scenario. */
export const backgroundKeys: Shape<BackgroundFile> = {
  profile: oneOf(profileNames, {
    description: "What the devices are; docs/generate.md tells of each",
  }),
  devices: optional(
    integer({ description: "How many further devices there are", fallback: "2" }, 0, 20),
  ),
  days: optional(
    integer({ description: "How many times 24 hours before now", fallback: "1" }, 1, 7),
  ),
  on: optional(
    listOf(nonEmpty({ description: "" }), {
      description: "Devices of the scenario that do the same",
      fallback: "none",
    }),
  ),
};

/** The keys at the top of a scenario file. The timeline's schema is made from the kinds of steps. */
export const scenarioKeys: Shape<Omit<ScenarioFile, "timeline">> = {
  version: oneOf([1], { description: "Version of this format" }),
  title: nonEmpty({ description: "What happens, in one line" }),
  description: optional(text({ description: "What happens, in a sentence or two" })),
  truth: oneOf(["malicious", "benign"], {
    description: "What really happened, whatever a rule says of it",
  }),
  technique: optional(
    text(
      { description: "An ATT&CK technique, `T1102` or `T1102.001`" },
      {
        pattern: "^T\\d{4}(\\.\\d{3})?$",
        errorMessage: "must be an ATT&CK technique such as `T1102` or `T1102.001`",
      },
    ),
  ),
  seed: optional(
    integer(
      {
        description:
          "Seed of every drawn value. Another seed gives other names, addresses and delays",
        fallback: "a hash of the scenario's id",
      },
      0,
      4_294_967_295,
    ),
  ),
  now: optional(
    text({
      description:
        "What now is in this scenario, whatever the run says; UTC where it names no zone",
      example: "2025-01-15T12:00:00Z",
      fallback: "the run's now",
    }),
  ),
  domain: optional(
    text(
      {
        description: "DNS domain of devices and users",
        example: "contoso.example",
        fallback: "drawn, below `.example`",
      },
      domainName,
    ),
  ),
  organisation: optional({
    schema: {
      if: { type: "string" },
      else: objectSchema(organisationKeys),
    },
    description:
      "The organisation it happens in: the name of a file `organisations/<name>.yaml`, or its keys",
    fallback: "none: everybody is made for this scenario",
  } satisfies Field<OrganisationFile | string>),
  devices: optional(
    mapOf<DeviceFile | null>(objectSchema(deviceKeys, orNothing), {
      description: "Devices by the name the timeline calls them",
      fallback: "one, called `device`",
    }),
  ),
  users: optional(
    mapOf<UserFile | null>(objectSchema(userKeys, orNothing), {
      description:
        "People by the name the timeline calls them. `system`, `local service` and `network service` need no entry",
      fallback: "one, called `user`",
    }),
  ),
  fixtures: optional(fixturesField),
  background: optional({
    schema: objectSchema(backgroundKeys),
    description: "What goes on around it, as rows of ordinary days",
    fallback: "nothing",
  } satisfies Field<BackgroundFile>),
  ...caseKeys,
};
