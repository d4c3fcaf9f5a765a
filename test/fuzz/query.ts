import * as fc from "fast-check";
import type { Column, KqlType } from "../../src/schema/types.ts";
import { choices, kid, pickOf, type Choice } from "./choice.ts";
import { catalog } from "./data.ts";
import { exprText, plainTypes } from "./expressions.ts";
import { extended, pipeline } from "./operators.ts";
import type { LetFunction, NamedTable, Scope } from "./scope.ts";
import { sourceOf } from "./sources.ts";

/** A query, and what the laws compare it with. */
export interface FuzzQuery {
  /** The statements before the pipeline, each with its semicolon. */
  readonly lets: string;
  /** The pipeline. */
  readonly body: string;
  /** A condition over its columns. */
  readonly condition: string;
  /** The whole query with every constant written so that it is not seen to be one. */
  readonly opaque: string;
}

interface Recipe {
  readonly lets: readonly Choice[];
  readonly source: Choice;
  readonly steps: readonly Choice[];
  readonly condition: Choice;
}

/** Queries that nearly always bind. */
export const queries: fc.Arbitrary<FuzzQuery> = fc
  .record<Recipe>({
    lets: fc.array(choices, { maxLength: 2 }),
    source: choices,
    steps: fc.array(choices, { maxLength: 4 }),
    condition: choices,
  })
  .map((recipe) => {
    const { text: _, ...query } = grow(recipe, "plain");
    return { ...query, opaque: grow(recipe, "opaque").text };
  });

function grow(
  { lets, source, steps, condition }: Recipe,
  constants: Scope["constants"],
): Omit<FuzzQuery, "opaque"> & { readonly text: string } {
  const tables = [...catalog.values()];
  const start: Scope = { columns: [], scalars: [], functions: [], tables, constants };
  const declared = lets.reduce<Declared>(declare, { text: "", scope: start });
  const { scope } = declared;
  const { text, columns } = extended(sourceOf(source, scope), steps, scope);
  return {
    lets: declared.text,
    body: text,
    condition: exprText("bool", condition, { ...scope, columns }),
    text: declared.text + text,
  };
}

interface Declared {
  readonly text: string;
  readonly scope: Scope;
}

/** Adds a `let` of a scalar, of a function or of a table. */
function declare({ text, scope }: Declared, choice: Choice): Declared {
  const number = scope.scalars.length + scope.functions.length + scope.tables.length;
  const type = pickOf<KqlType>(plainTypes, kid(choice, 0));
  switch (pickOf(["scalar", "table", "function", "table", "materialized"] as const, choice)) {
    case "scalar": {
      const scalar: Column = { name: `s${number}`, type };
      const value = exprText(type, kid(choice, 1), { ...scope, columns: [] });
      return {
        text: `${text}let ${scalar.name} = ${value};\n`,
        scope: { ...scope, scalars: [...scope.scalars, scalar] },
      };
    }
    case "function": {
      const takes: Column[] = [{ name: "p", type: "string" }, { name: "q", type: "long" }]; // oxfmt-ignore
      const own: LetFunction = {
        name: `f${number}`,
        takes: takes.map((each) => each.type),
        gives: type,
      };
      const value = exprText(type, kid(choice, 1), { ...scope, columns: takes });
      return {
        text: `${text}let ${own.name} = (p:string, q:long) { ${value} };\n`,
        scope: { ...scope, functions: [...scope.functions, own] },
      };
    }
    default: {
      const grown = pipeline(kid(choice, 1), scope);
      const table: NamedTable = { name: `T${number}`, columns: grown.columns };
      const body = choice.pick % 5 === 4 ? `materialize(${grown.text})` : grown.text;
      return {
        text: `${text}let ${table.name} = ${body};\n`,
        scope: { ...scope, tables: [table, ...scope.tables] },
      };
    }
  }
}
