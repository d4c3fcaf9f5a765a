import { defined } from "../base/defined.ts";
import type { BoundQuery } from "../kql/bound-query.ts";
import {
  columnsOfNode,
  elementsOf,
  isGraph,
  kindOf,
  nameOf,
  present,
  textOf,
} from "../kql/syntax.ts";
import type { Catalog } from "../schema/tables.ts";
import { columnsOf } from "./ir/columns.ts";
import { draws } from "./lower/expressions/random-functions.ts";
import { planScalar } from "./lower/expressions/scalar.ts";
import {
  copyOf,
  refuseAt,
  refuseIn,
  spanAt,
  writtenAt,
  type FunctionParameter,
  type Lowering,
  type Meaning,
  type Place,
  type Scope,
} from "./lower/lowering.ts";
import { isGraphRel } from "./lower/graphs/graph.ts";
import { declareOption, limitedResult } from "./lower/query-options.ts";
import { operators } from "./lower/operators/index.ts";
import { visualizationOf } from "./lower/operators/render.ts";
import { patternOf } from "./lower/patterns.ts";
import { sharedScalar } from "./lower/sharing.ts";
import { withoutSketches } from "./ir/sketch-misuses.ts";
import { planTable } from "./lower/tables/named-tables.ts";
import type { Discovery, Binding, Literal, Program, Rel } from "./ir/types.ts";

/** The plan of a bound query. Throws an `InputError` at the first construct that has no translation. */
export function planQuery(bound: BoundQuery, catalog: Catalog): Program {
  const bindings: Binding[] = [];
  let discovery: Discovery | undefined;
  const options = new Map<string, Literal>();
  const create = (
    scope: Scope,
    place: Place,
    { row, windows }: Pick<Lowering, "row" | "windows">,
  ): Lowering => {
    const lowering: Lowering = {
      bound,
      catalog,
      options,
      scope,
      place,
      row,
      windows,
      rel: (node) => planTable(node, lowering),
      scalar: (node) => planScalar(node, lowering),
      isTabular: (node) => columnsOfNode(node) !== undefined || isGraph(node),
      within: (inner, at) => create(inner, at ?? place, { row, windows }),
      over: (input, taking) => create(scope, place, { row: columnsOf(input), windows: taking }),
      apply: (operator, input) => {
        const known = operators[kindOf(operator)];
        if (known === undefined) {
          const keyword = textOf(operator).split(/\s/, 1)[0] ?? "";
          return lowering.refuse(operator, {
            code: "KT0201",
            message: `operator \`${keyword}\` has no translation`,
          });
        }
        return known.plan(operator, input, lowering);
      },
      declare: (statements) => {
        for (const statement of statements) declare(statement, lowering, place);
      },
      bind: (name, rel, { materialized }) => {
        const taken = new Set(bindings.map((binding) => binding.name));
        let unique = name;
        for (let number = 2; taken.has(unique); number++) unique = `${name}_${number}`;
        bindings.push({ name: unique, rel, materialized });
        return { kind: "reference", name: unique, columns: columnsOf(rel), span: rel.span };
      },
      discover: (found) => {
        if (discovery?.at === found.at) {
          discovery = { ...discovery, again: [...discovery.again, found] };
        } else {
          discovery ??= found;
        }
      },
      boundTable: (name) => bindings.find((binding) => binding.name === name)?.rel,
      span: (node) => spanAt(node, place),
      written: (node) => writtenAt(bound, node, place),
      refuse: (node, problem) => refuseIn(bound, node, { place, problem }),
    };
    return lowering;
  };
  const lowering = create({ names: new Map() }, { offset: 0 }, { row: [], windows: undefined });
  const statements = elementsOf<Kusto.Language.Syntax.Statement>(bound.root.Statements);
  const results = statements.filter((statement) => kindOf(statement) === "ExpressionStatement");
  // An option holds for the whole request, also for what is declared in front of it.
  for (const statement of statements) {
    if (kindOf(statement) === "SetOptionStatement")
      declareOption(statement as Kusto.Language.Syntax.SetOptionStatement, lowering);
  }
  lowering.declare(statements);
  const [result] = results;
  if (result === undefined || results.length > 1) {
    return refuseAt(
      bound,
      { start: 0, end: bound.text.text.length },
      {
        code: "KT0202",
        message: results.length === 0 ? "the query has no result" : "the query has several results",
        hint: "end the query with one tabular expression",
      },
    );
  }
  const expression = present((result as Kusto.Language.Syntax.ExpressionStatement).Expression);
  // What gives several tables has no columns either; its operator says so itself.
  if (!lowering.isTabular(expression) && kindOf(expression) !== "PipeExpression") {
    return lowering.refuse(expression, {
      code: "KT0202",
      message: "the query's result is no table",
      hint: "write `print` in front of it",
    });
  }
  const rows = lowering.rel(expression);
  if (isGraphRel(rows)) {
    return lowering.refuse(expression, {
      code: "KT0202",
      message: "the query's result is no table",
      hint: "end it with `graph-to-table nodes` or `graph-match`",
    });
  }
  const body = limitedResult(rows, lowering);
  const visualization = visualizationOf(expression);
  return {
    bindings,
    body: withoutSketches(body, bindings),
    ...defined({ discovery, visualization }),
  };
}

function declare(
  statement: Kusto.Language.Syntax.Statement,
  lowering: Lowering,
  place: Place,
): void {
  switch (kindOf(statement)) {
    case "LetStatement": {
      const { Name, Expression } = statement as Kusto.Language.Syntax.LetStatement;
      const value = present(Expression);
      const name = nameOf(present(Name));
      lowering.scope.names.set(name, meaningOf(name, value, { lowering, place }));
      return;
    }
    case "QueryParametersStatement": {
      const { Parameters } = statement as Kusto.Language.Syntax.QueryParametersStatement;
      for (const parameter of elementsOf<Kusto.Language.Syntax.FunctionParameter>(Parameters)) {
        const { name, fallback } = declaredParameter(parameter);
        if (fallback === undefined) {
          return lowering.refuse(parameter, {
            code: "KT0262",
            message: `query parameter \`${name}\` has no value`,
            hint: "give it a default: `declare query_parameters(days:long = 7);`",
          });
        }
        lowering.scope.names.set(name, { kind: "scalar", expr: lowering.scalar(fallback) });
      }
      return;
    }
    case "PatternStatement": {
      const pattern = statement as Kusto.Language.Syntax.PatternStatement;
      const name = nameOf(present(pattern.Name));
      lowering.scope.names.set(name, patternOf(pattern, { lowering, place }));
      return;
    }
    case "SetOptionStatement":
    case "ExpressionStatement":
      return;
    default:
      lowering.refuse(statement, {
        code: "KT0203",
        message: `statement \`${textOf(statement).split(/\s/, 1)[0]}\` has no translation`,
      });
  }
}

function meaningOf(
  name: string,
  value: Kusto.Language.Syntax.Expression,
  { lowering, place }: { lowering: Lowering; place: Place },
): Meaning {
  if (kindOf(value) === "FunctionDeclaration") {
    const declaration = value as Kusto.Language.Syntax.FunctionDeclaration;
    const body = present(declaration.Body);
    // A name that is declared later must not change what this body means.
    const scope = copyOf(lowering.scope);
    return {
      kind: "function",
      parameters: elementsOf<Kusto.Language.Syntax.FunctionParameter>(
        present(declaration.Parameters).Parameters,
      ).map(declaredParameter),
      view: declaration.ViewKeyword !== null,
      body,
      scope,
      place: { ...place, offset: body.TextStart + place.offset },
    };
  }
  if (!lowering.isTabular(value)) {
    return draws(value, lowering.scope)
      ? { kind: "calculation", node: value, scope: copyOf(lowering.scope), place }
      : sharedScalar(name, value, lowering);
  }
  const materialized = kindOf(value) === "MaterializeExpression";
  const rel: Rel = lowering.rel(value);
  if (rel.kind === "scan" || rel.kind === "reference") return { kind: "table", rel };
  return { kind: "table", rel: lowering.bind(name, rel, { materialized }) };
}

function declaredParameter({
  NameAndType,
  DefaultValue,
}: Kusto.Language.Syntax.FunctionParameter): FunctionParameter {
  const name = nameOf(present(present(NameAndType).Name));
  const fallback = DefaultValue?.Value ?? undefined;
  return fallback === undefined ? { name } : { name, fallback };
}
