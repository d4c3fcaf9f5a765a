import { kindOf, present, scalarType, type Expression } from "../../../kql/syntax.ts";
import { columnsOf } from "../../ir/columns.ts";
import { geoLookup } from "../../ir/fixture-ref.ts";
import { fixturesOf } from "../tables/fixture-scans.ts";
import type { Lowering } from "../lowering.ts";
import { obeyed, optionOf } from "../query-options.ts";
import { answersOutside, nothing, refuseOutside } from "../tables/missing-fixtures.ts";
import type { Expr } from "../../ir/types.ts";
import { planRandom } from "./random-functions.ts";

type ContextFunction = (node: Expression, args: readonly Expression[], lowering: Lowering) => Expr;

/** Functions whose meaning depends on more than their arguments: the run's clock, the columns of the row. */
export const contextFunctions: Readonly<Record<string, ContextFunction>> = {
  now: (node, [offset], lowering) => {
    const now = nowAt(node, lowering);
    if (offset === undefined) return now;
    return shifted("+", node, { now, by: lowering.scalar(offset), lowering });
  },
  ago: (node, [offset], lowering) => {
    const now = nowAt(node, lowering);
    return shifted("-", node, { now, by: lowering.scalar(present(offset)), lowering });
  },
  rand: planRandom,
  new_guid: planRandom,
  column_ifexists: (node, [name, fallback], lowering) => {
    const wanted = lowering.scalar(present(name));
    const column =
      wanted.kind === "literal"
        ? lowering.row.find((candidate) => candidate.name === wanted.value)
        : undefined;
    if (column === undefined) return lowering.scalar(present(fallback));
    return { kind: "column", name: column.name, type: column.type, span: lowering.span(node) };
  },
  // An event is taken to be there as soon as it is recorded: its time is its own.
  ingestion_time: (node, _args, lowering) => {
    const span = lowering.span(node);
    for (const name of ["TimeGenerated", "Timestamp"]) {
      const column = lowering.row.find((candidate) => candidate.name === name);
      if (column?.type === "datetime") return { kind: "column", ...column, span };
    }
    return { kind: "literal", type: "datetime", value: null, span };
  },
  geo_info_from_ip_address: (node, [address], lowering) => {
    const span = lowering.span(node);
    if (fixturesOf(lowering).geoIp !== undefined) {
      const args = [lowering.scalar(present(address))];
      return { kind: "call", name: geoLookup, args, type: "dynamic", span };
    }
    if (answersOutside(lowering)) return nothing("", span);
    return refuseOutside(node, {
      what: "geo_info_from_ip_address",
      declare:
        "where addresses are in `fixtures/geo-ip.csv`, below the line `network,country,state,city,latitude,longitude`",
      lowering,
    });
  },
  bag_pack_columns: (node, columns, lowering) => {
    const span = lowering.span(node);
    const args = columns.flatMap((column): Expr[] => {
      const value = lowering.scalar(column);
      if (value.kind !== "column") {
        return lowering.refuse(column, {
          code: "KT0205",
          message: "`bag_pack_columns` takes columns alone",
        });
      }
      return [{ kind: "literal", type: "string", value: value.name, span }, value];
    });
    return { kind: "call", name: "bag_pack", args, type: "dynamic", span };
  },
  column_names_of: (node, [table], lowering) => {
    const names = columnsOf(lowering.rel(present(table))).map(({ name }) => name);
    return { kind: "literal", type: "dynamic", value: JSON.stringify(names), span: lowering.span(node) }; // oxfmt-ignore
  },
  // The size and the fixed point come from the query's own options.
  bin_auto: (node, [value], lowering) => {
    const span = lowering.span(node);
    const [size, at] = [obeyed.binSize, obeyed.binAt].map((name) => optionOf(name, lowering));
    if (size === undefined) {
      return lowering.refuse(node, {
        code: "KT0264",
        message: "`bin_auto` has no size",
        hint: `write \`set ${obeyed.binSize} = 1h;\` in front of the query`,
      });
    }
    const operand = lowering.scalar(present(value));
    const args = at === undefined ? [operand, size] : [operand, size, at];
    return { kind: "call", name: at === undefined ? "bin" : "bin_at", args, type: operand.type, span }; // oxfmt-ignore
  },
  pack_array: (node, values, lowering) => {
    const span = lowering.span(node);
    const args = values.flatMap((value): Expr[] =>
      kindOf(value) === "StarExpression"
        ? lowering.row.map(({ name, type }) => ({ kind: "column", name, type, span }))
        : [lowering.scalar(value)],
    );
    return { kind: "call", name: "pack_array", args, type: "dynamic", span };
  },
  pack_all: (node, [ignoreEmpty], lowering) => {
    const span = lowering.span(node);
    const pairs = lowering.row.flatMap(({ name, type }): Expr[] => [
      { kind: "literal", type: "string", value: name, span },
      { kind: "column", name, type, span },
    ]);
    const ignore = ignoreEmpty === undefined ? undefined : lowering.scalar(ignoreEmpty);
    const skips = ignore?.kind === "literal" && ignore.value === true;
    const name = skips ? "bag_pack_nonempty" : "bag_pack";
    return { kind: "call", name, args: pairs, type: "dynamic", span };
  },
};

function nowAt(node: Expression, lowering: Lowering): Expr {
  const span = lowering.span(node);
  const set = optionOf(obeyed.now, lowering);
  return set === undefined ? { kind: "now", type: "datetime", span } : { ...set, span };
}

function shifted(
  name: "+" | "-",
  node: Expression,
  { now, by, lowering }: { now: Expr; by: Expr; lowering: Lowering },
): Expr {
  const type = scalarType(node.ResultType) ?? "datetime";
  return { kind: "call", name, args: [now, by], type, span: lowering.span(node) };
}
