import {
  elementsOf,
  nameOf,
  parameterOf,
  present,
  scalarType,
  textOf,
  type Expression,
} from "../../../../kql/syntax.ts";
import type { Column } from "../../../../schema/types.ts";
import { columnsOf } from "../../../ir/columns.ts";
import type { Lowering } from "../../lowering.ts";
import { stateColumnName } from "../../../ir/state-columns.ts";
import type { Expr, Item, Rel, Declared, Step } from "../../../ir/types.ts";
import { mapParts } from "../../../ir/walk.ts";
import { isSerialized } from "../../windows.ts";

export function planScan(
  node: Kusto.Language.Syntax.ScanOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  if (!isSerialized(input, lowering)) {
    return lowering.refuse(node, {
      code: "KT0241",
      message: "`scan` needs rows in an order",
      hint: "put `sort by` or `serialize` in front",
    });
  }
  for (const clause of [node.OrderByClause, node.PartitionByClause]) {
    if (clause !== null) refuseClause(clause, lowering);
  }
  const declared = declaredColumns(node, lowering);
  const nodes = elementsOf<Kusto.Language.Syntax.ScanStep>(node.Steps);
  const steps = nodes.map((step, at): Step => {
    const seen = nodes.slice(0, at + 1).map(({ Name }) => nameOf(present(Name)));
    return planStep(step, { seen, input, declared, lowering });
  });
  const matchId = parameterOf(node.Parameters, "with_match_id");
  return {
    kind: "sequence",
    input,
    declared,
    matchId: matchId === undefined ? undefined : nameOf(present(matchId.Expression)),
    steps,
    orderBy: [],
    partitionBy: [],
    span: lowering.span(node),
  };
}

function refuseClause(clause: Kusto.Language.Syntax.SyntaxNode, lowering: Lowering): never {
  return lowering.refuse(clause, {
    code: "KT0242",
    message: `\`scan ${textOf(clause).split(/\s/, 1)[0]}\` has no translation`,
    hint: "sort in front of it, and `partition` around it",
  });
}

function declaredColumns(
  node: Kusto.Language.Syntax.ScanOperator,
  lowering: Lowering,
): readonly Declared[] {
  if (node.DeclareClause === null) return [];
  const { Declarations } = node.DeclareClause;
  return elementsOf<Kusto.Language.Syntax.FunctionParameter>(Declarations).map((parameter) => {
    const name = present(present(parameter.NameAndType).Name);
    const type = scalarType((name as unknown as Expression).ResultType) ?? "dynamic";
    const value = parameter.DefaultValue?.Value;
    const nothing: Expr = {
      kind: "literal",
      value: type === "string" ? "" : null,
      type,
      span: lowering.span(parameter),
    };
    const fallback = value === undefined || value === null ? nothing : lowering.scalar(value);
    return { name: nameOf(name), type, fallback };
  });
}

interface Site {
  /** The names of the steps whose rows this step's state holds. */
  readonly seen: readonly string[];
  readonly input: Rel;
  readonly declared: readonly Declared[];
  readonly lowering: Lowering;
}

function planStep(node: Kusto.Language.Syntax.ScanStep, site: Site): Step {
  const { declared, input, seen, lowering } = site;
  const output = outputOf(node, lowering);
  const columns: readonly Column[] = [...columnsOf(input), ...declared];
  const states = seen.flatMap((step) =>
    columns.map(({ name, type }) => ({ name: stateColumnName({ step, column: name }), type })),
  );
  const span = lowering.span(node);
  const row = lowering.over({ kind: "values", columns: [...columns, ...states], rows: [], span });
  const assigned = new Set<string>();
  const scalar = (expression: Expression): Expr =>
    withDefaults(row.scalar(expression), declared, (name) => {
      if (!assigned.has(name)) return;
      lowering.refuse(expression, {
        code: "KT0242",
        message: `\`${name}\` is read behind its assignment in the same step`,
        hint: `write its value again, or read \`${seen.at(-1)}.${name}\``,
      });
    });
  const condition = scalar(present(node.Condition));
  const assignments = node.ComputationClause?.Assignments ?? null;
  const items = elementsOf<Kusto.Language.Syntax.ScanAssignment>(assignments).map(
    (assignment): Item => {
      const name = nameOf(present(assignment.Name));
      const expr = scalar(present(assignment.Expression));
      assigned.add(name);
      return { name, expr };
    },
  );
  return { name: nameOf(present(node.Name)), shows: output !== "none", condition, items };
}

function outputOf(node: Kusto.Language.Syntax.ScanStep, lowering: Lowering): "all" | "none" {
  const output = node.ScanStepOutput?.OutputKind ?? null;
  const kind = output === null ? "all" : textOf(output);
  if (node.OptionalKeyword === null && (kind === "all" || kind === "none")) return kind;
  return lowering.refuse(node, {
    code: "KT0242",
    message:
      kind === "last"
        ? "`scan` with `output=last` has no translation"
        : "an optional step of `scan` has no translation",
  });
}

/** A declared column by its own name is its default: only the state holds what was assigned. */
function withDefaults(
  expr: Expr,
  declared: readonly Declared[],
  reads: (name: string) => void,
): Expr {
  if (expr.kind !== "column") return mapParts(expr, (part) => withDefaults(part, declared, reads));
  const found = declared.find(({ name }) => name === expr.name);
  if (found === undefined) return expr;
  reads(found.name);
  return { kind: "cast", operand: found.fallback, type: found.type, span: expr.span };
}
