import type { RepeatFile, StepFile } from "../format/scenario-file.ts";
import {
  aliasSchema,
  integer,
  objectSchema,
  optional,
  text,
  type Field,
  type OptionalField,
  type Shape,
} from "../format/shape.ts";

const repeatKeys: Shape<RepeatFile> = {
  every: text(
    { description: "How far apart", example: "60s" },
    {
      pattern: "^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$",
      errorMessage: "must be a duration of `ms`, `s`, `m`, `h` and `d`, such as `60s` or `1h30m`",
    },
  ),
  times: integer({ description: "How often, the first time included" }, 1, 10_000),
  jitter: optional(
    text(
      {
        description: "How much of `every` each distance may be longer or shorter",
        example: "10%",
        fallback: "`0%`",
      },
      {
        pattern: "^\\d{1,2}%$",
        errorMessage: "must be a share from `0%` to `99%`, such as `10%`",
      },
    ),
  ),
};

/** Happens again and again. */
export const repeatKey: Field<RepeatFile> = {
  schema: objectSchema(repeatKeys),
  description:
    "Happens again and again: `{ every: 60s, times: 30, jitter: 10% }`. The events are called by the step's id and their number, `beacon-1`",
};

/** The keys of every step. */
export const commonKeys: Shape<StepFile> = {
  id: optional(
    text(
      {
        description: "What expectations and later steps call the step",
        fallback: "kind and number, such as `process-2`",
      },
      aliasSchema,
    ),
  ),
  at: optional(
    text({
      description:
        "When: `-2h` or `-1d6h30m` before now, `+5s` or `+500ms` after the step before, `monday 09:15` or `09:15` for the last such time before now, `working-hours` for one in the last working hours before now",
      fallback:
        "shortly after the step before; a process's first connection about a second after its start; the first step an hour before now",
    }),
  ),
  on: optional(
    text({
      description: "The device",
      fallback: "where the step's process runs, or the only one",
    }),
  ),
  repeat: optional(repeatKey),
  columns: optional({
    schema: { type: "object" },
    description:
      "Columns of the step's first row that are to differ, checked against the table; null empties one",
  } satisfies Field<Readonly<Record<string, unknown>>>),
};

/** Whose process it is, in kinds that need one. */
export const asKey: OptionalField<string> = optional(
  text({
    description: "Whose process it is: a user, `system`, `local service` or `network service`",
    fallback: "the account services run as, the parent step's, or the only user",
  }),
);

/** Who does it, in kinds that happen in the cloud. */
export const personKey: OptionalField<string> = optional(
  text({ description: "Who: a user", fallback: "the only user" }),
);

/** The process that does it. */
export const byKey: Field<string> = text(
  {
    description: "The process: a step, or programs from it upwards as in `parent`",
  },
  { minLength: 1 },
);
