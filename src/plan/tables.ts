import {
  columnsOfNode,
  elementsOf,
  kindOf,
  nameOf,
  present,
  textOf,
  type Expression,
} from "../kql/syntax.ts";
import { planTableCall } from "./expressions/call.ts";
import { lookUp, type Lowering } from "./lowering.ts";
import { planDatatable } from "./operators/datatable.ts";
import type { Rel, Values } from "./types.ts";

/** The table that `node` gives. */
export function planTable(node: Expression, lowering: Lowering): Rel {
  switch (kindOf(node)) {
    case "PipeExpression": {
      const { Expression, Operator } = node as Kusto.Language.Syntax.PipeExpression;
      return lowering.apply(present(Operator), lowering.rel(present(Expression)));
    }
    case "NameReference":
      return planNamedTable(node, lowering);
    case "FunctionCallExpression":
      return planFunctionTable(node as Kusto.Language.Syntax.FunctionCallExpression, lowering);
    case "ParenthesizedExpression":
      return lowering.rel(
        present((node as Kusto.Language.Syntax.ParenthesizedExpression).Expression),
      );
    case "MaterializeExpression":
      // `let x = materialize(…)` marks its binding; elsewhere the table is used in this one place.
      return lowering.rel(
        present((node as Kusto.Language.Syntax.MaterializeExpression).Expression),
      );
    case "DataTableExpression":
      return planDatatable(node as Kusto.Language.Syntax.DataTableExpression, lowering);
    default:
      if (kindOf(node).endsWith("Operator")) {
        return lowering.apply(node as Kusto.Language.Syntax.QueryOperator, unit(node, lowering));
      }
      return lowering.refuse(node, {
        code: "KT0208",
        message: `\`${textOf(node).split(/[\s(]/, 1)[0]}\` has no translation as a table`,
      });
  }
}

/** The one row without columns that operators at the head of a query start from. */
function unit(node: Expression, lowering: Lowering): Values {
  return { kind: "values", columns: [], rows: [[]], span: lowering.span(node) };
}

function planNamedTable(node: Expression, lowering: Lowering): Rel {
  const name = nameOf(node);
  const meaning = lookUp(lowering.scope, name);
  if (meaning?.kind === "table") return meaning.rel;
  if (meaning?.kind === "function") return planTableCall(node, meaning, { args: [], lowering });
  const table = lowering.catalog.get(name);
  if (table === undefined) {
    return lowering.refuse(node, { code: "KT0209", message: `\`${name}\` is no table here` });
  }
  return { kind: "scan", table: name, columns: table.columns, span: lowering.span(node) };
}

function planFunctionTable(
  node: Kusto.Language.Syntax.FunctionCallExpression,
  lowering: Lowering,
): Rel {
  const name = nameOf(present(node.Name));
  const args = elementsOf(present(node.ArgumentList).Expressions);
  const meaning = lookUp(lowering.scope, name);
  if (meaning?.kind === "function") return planTableCall(node, meaning, { args, lowering });
  if (meaning?.kind === "table") return meaning.rel;
  return lowering.refuse(node, {
    code: "KT0208",
    message: `\`${name}\` has no translation as a table`,
    ...(columnsOfNode(node)?.length === 0 ? { hint: "its columns are not known here" } : {}),
  });
}
