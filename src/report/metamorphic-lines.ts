import { escapeName } from "../base/text.ts";
import type { MetamorphicFailure, RunResult } from "../run/types.ts";
import { replayCommand } from "./failure.ts";
import { oneLine } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** The verdicts that changed where events were told in other words, each with what did it and how to replay it. Lines. */
export function metamorphicLines(result: RunResult, paint: Paint): readonly string[] {
  const failures = result.metamorphic?.failures ?? [];
  if (failures.length === 0) return [];
  return [
    ` ${paint.strong("Metamorphic")}  verdicts that must stay where the same events are told in other words`,
    ...metamorphicFailures(failures, result, paint),
  ];
}

/** Each of `failures`, with what did it and how to replay it. Lines. */
export function metamorphicFailures(
  failures: readonly MetamorphicFailure[],
  result: RunResult,
  paint: Paint,
): readonly string[] {
  return failures.flatMap(({ rule, scenario, transformation, message }) => [
    ` ${paint.failBadge(" FAIL ")} ${[
      rule,
      ...(scenario === null ? [] : [scenario]),
      transformation,
    ]
      .map(escapeName)
      .join(` ${paint.dim("›")} `)}`,
    `   ${paint.bad("✗")} ${oneLine(message)}`,
    ...(scenario === null
      ? []
      : [`   ${paint.dim("replay")}  ${replayCommand({ rule, scenario }, result)}`]),
  ]);
}

/** How many variants were evaluated and how many verdicts changed; no line where none were. */
export function metamorphicTotal({ metamorphic }: RunResult, paint: Paint): readonly string[] {
  if (metamorphic === undefined) return [];
  const { variants, failures } = metamorphic;
  return [
    failures.length === 0
      ? `${variants}, no verdict changed unexpectedly`
      : `${paint.bad(`${failures.length} failed`)} ${paint.dim(`(${variants})`)}`,
  ];
}
