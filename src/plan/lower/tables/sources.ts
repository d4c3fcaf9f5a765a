import {
  kindOf,
  membersOf,
  nameOf,
  present,
  rawColumns,
  type Expression,
} from "../../../kql/syntax.ts";
import { columnsOf } from "../../ir/columns.ts";
import { lookUp, type Lowering } from "../lowering.ts";
import { planNamedTable } from "./named-tables.ts";
import type { Rel } from "../../ir/types.ts";
import type { Source } from "./unite.ts";

/** The tables that an operand of `union`, `search in` or `find in` stands for: several where its name has a wildcard. `argument` is what a table without a name is called. */
export function sourcesOf(
  operand: Expression,
  argument: string,
  lowering: Lowering,
): readonly Source[] {
  if (isWildcard(operand)) {
    return membersOf(operand).map((symbol) => namedSource(operand, symbol, lowering));
  }
  const name = tableName(operand, lowering) ?? argument;
  return [{ rel: lowering.rel(operand), columns: rawColumns(operand.ResultType), name }];
}

function isWildcard(operand: Expression): boolean {
  const { Name } = operand as { Name?: Expression | null };
  return Name !== undefined && Name !== null && kindOf(Name) === "WildcardedName";
}

interface Named {
  readonly Name: string;
}

/** The table or view that `symbol` is. */
function namedSource(node: Expression, symbol: Named, lowering: Lowering): Source {
  const name = symbol.Name;
  const view = lookUp(lowering.scope, name);
  if (view?.kind === "function") {
    const rel = planNamedTable(node, name, lowering);
    return { rel, columns: columnsOf(rel), name };
  }
  const table = lowering.catalog.get(name);
  if (table === undefined) {
    return lowering.refuse(node, {
      code: "KT0253",
      message: `\`${name}\` is no table that a wildcard may stand for`,
    });
  }
  const rel: Rel = { kind: "scan", table: name, columns: table.columns, span: lowering.span(node) };
  return { rel, columns: rawColumns(symbol), name };
}

/** The name that a column of sources gives to `node`: a table's, a view's, or one that `as` gave; undefined for others. */
export function tableName(node: Expression, lowering: Lowering): string | undefined {
  switch (kindOf(node)) {
    case "ParenthesizedExpression":
      return tableName(
        present((node as Kusto.Language.Syntax.ParenthesizedExpression).Expression),
        lowering,
      );
    case "PipeExpression": {
      const { Operator } = node as Kusto.Language.Syntax.PipeExpression;
      const last = present(Operator);
      if (kindOf(last) !== "AsOperator") return undefined;
      return nameOf(present((last as Kusto.Language.Syntax.AsOperator).Name));
    }
    case "NameReference": {
      const name = nameOf(node);
      const meaning = lookUp(lowering.scope, name);
      return meaning === undefined || meaning.kind === "function" ? name : undefined;
    }
    default:
      return undefined;
  }
}

/** The table in front of `operator`'s pipe. */
export function pipedInto(operator: Expression): Expression | undefined {
  const parent = operator.Parent as Expression | null;
  if (parent === null || kindOf(parent) !== "PipeExpression") return undefined;
  const { Expression, Operator } = parent as Kusto.Language.Syntax.PipeExpression;
  return Operator === operator ? present(Expression) : undefined;
}

/** Every view that `let` declares and every table of the catalog: what `search` and `find` go through by themselves. */
export function allSources(node: Expression, lowering: Lowering): readonly Source[] {
  const views = viewsIn(lowering).map((name) => namedSource(node, { Name: name }, lowering));
  const tables = Array.from(lowering.catalog.values(), ({ name, columns }): Source => {
    const rel: Rel = { kind: "scan", table: name, columns, span: lowering.span(node) };
    return { rel, columns, name };
  });
  return [...views, ...tables];
}

/** The names of the views in force. */
function viewsIn({ scope }: Lowering): readonly string[] {
  const names: string[] = [];
  for (let at: Lowering["scope"] | undefined = scope; at !== undefined; at = at.outer) {
    for (const [name, meaning] of at.names) {
      if (meaning.kind === "function" && meaning.view === true) names.push(name);
    }
  }
  return names;
}
