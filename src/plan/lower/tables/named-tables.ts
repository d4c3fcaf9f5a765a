import { outsideFunctions } from "../../../kql/functions/fixture-functions.ts";
import {
  elementsOf,
  isOpen,
  kindOf,
  nameOf,
  present,
  textOf,
  type Expression,
} from "../../../kql/syntax.ts";
import { enrichmentOf } from "../../../kql/functions/enrichments.ts";
import { planTableCall, savedFunction } from "../expressions/call.ts";
import { planExternalData, planPlace, planWatchlist } from "./fixture-scans.ts";
import { lookUp, type Lowering } from "../lowering.ts";
import { planDatatable } from "../operators/tables/datatable.ts";
import { answersOutside, outsideTable, refuseOutside, withInferred } from "./missing-fixtures.ts";
import { planPattern } from "../patterns.ts";
import type { Rel, Values } from "../../ir/types.ts";

/** The table that `node` gives. */
export function planTable(node: Expression, lowering: Lowering): Rel {
  return planPattern(node, lowering) ?? withInferred(planKnown(node, lowering), node);
}

function planKnown(node: Expression, lowering: Lowering): Rel {
  switch (kindOf(node)) {
    case "PipeExpression": {
      const { Expression, Operator } = node as Kusto.Language.Syntax.PipeExpression;
      return lowering.apply(present(Operator), lowering.rel(present(Expression)));
    }
    case "NameReference":
      return planNamedTable(node, nameOf(node), lowering);
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
    case "ExternalDataExpression":
      return planExternalData(node as Kusto.Language.Syntax.ExternalDataExpression, lowering);
    case "PathExpression":
      return planPlace(node, lowering);
    default:
      if (kindOf(node).endsWith("Operator")) {
        return lowering.apply(node, unit(node, lowering));
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

/** A table by its name: one of `let`, a saved function without parameters, one of the catalog. */
export function planNamedTable(node: Expression, name: string, lowering: Lowering): Rel {
  const meaning = lookUp(lowering.scope, name);
  if (meaning?.kind === "table") return meaning.rel;
  const declared = meaning?.kind === "function" ? meaning : savedFunction(node, lowering);
  if (declared !== undefined) return planTableCall(node, declared, { args: [], lowering });
  const table = lowering.catalog.get(name);
  if (table !== undefined) {
    return { kind: "scan", table: name, columns: table.columns, span: lowering.span(node) };
  }
  if (isOpen(node)) return outsideTable(node, unknownName(name, lowering));
  return lowering.refuse(node, { code: "KT0209", message: `\`${name}\` is no table here` });
}

function planFunctionTable(
  node: Kusto.Language.Syntax.FunctionCallExpression,
  lowering: Lowering,
): Rel {
  const name = nameOf(present(node.Name));
  const args = elementsOf(present(node.ArgumentList).Expressions);
  const meaning = lookUp(lowering.scope, name);
  if (meaning?.kind === "table") return meaning.rel;
  if (meaning?.kind === "function") return planTableCall(node, meaning, { args, lowering });
  const [first] = args;
  if (name === "table" && first !== undefined) {
    const written = lowering.scalar(first);
    if (written.kind === "literal" && typeof written.value === "string") {
      return planNamedTable(node, written.value, lowering);
    }
    return lowering.refuse(first, {
      code: "KT0263",
      message: "a table whose name is computed has no translation",
      hint: "write its name",
    });
  }
  const saved = savedFunction(node, lowering);
  const isOwn = lowering.bound.environment.functions?.has(name) === true;
  if (name === "_GetWatchlist" && !isOwn) return planWatchlist(node, lowering);
  if (isSavedOutside(node, lowering)) return refuseOutside(node, undeclared(name, lowering));
  if (saved !== undefined) return planTableCall(node, saved, { args, lowering });
  if (isOpen(node)) return outsideTable(node, unknownName(name, lowering));
  return lowering.refuse(node, {
    code: "KT0208",
    message: `\`${name}\` has no translation as a table`,
  });
}

/** True for a built-in function of the service whose answer would have to come from it. */
export function isSavedOutside(
  { Name }: Kusto.Language.Syntax.FunctionCallExpression,
  lowering: Lowering,
): boolean {
  const name = nameOf(present(Name));
  const { functions } = lowering.bound.environment;
  if (answersOutside(lowering) || functions?.has(name) === true) return false;
  return outsideFunctions.has(name);
}

function unknownName(name: string, lowering: Lowering): Parameters<typeof outsideTable>[1] {
  const declare = `a table in \`tables/${name}.yaml\`, a function in \`functions/${name}.kql\``;
  return { what: name, declare, lowering };
}

/** What to say of a function of the service whose answers are not declared. */
export function undeclared(name: string, lowering: Lowering): Parameters<typeof refuseOutside>[1] {
  const { keys, adds } = enrichmentOf(name) ?? { keys: ["Key"], adds: { Column: "string" } };
  const columns = [...keys.slice(0, 1), ...Object.keys(adds).filter((one) => !keys.includes(one))];
  const header = columns.length > 3 ? `${columns.slice(0, 3).join(",")},…` : columns.join(",");
  return {
    what: name,
    declare: `its answers in \`fixtures/functions/${name}.csv\`, below a line that names their columns: \`${header}\``,
    lowering,
  };
}
