import { watchlistColumnsOf } from "../../../kql/functions/fixture-functions.ts";
import { elementsOf, nameOf, present, textOf, type Expression } from "../../../kql/syntax.ts";
import { externalText, placeKey, type Fixtures } from "../../../schema/fixtures.ts";
import type { Column } from "../../../schema/types.ts";
import {
  externalFormats,
  fixtureTable,
  type ExternalFormat,
  type ExternalRef,
  type FixtureRef,
} from "../../ir/fixture-ref.ts";
import { boundColumns } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import { outsideTable } from "./missing-fixtures.ts";
import type { Rel, Scan } from "../../ir/types.ts";

export function fixturesOf({ bound }: Lowering): Fixtures {
  return bound.environment.fixtures ?? {};
}

/** The rows of a fixture at `node`. */
export function fixtureScan(
  node: Expression,
  fixture: FixtureRef,
  { columns, lowering }: { readonly columns: readonly Column[]; readonly lowering: Lowering },
): Scan {
  const span = lowering.span(node);
  return { kind: "scan", table: fixtureTable(fixture), columns, fixture, span };
}

/** `_GetWatchlist('alias')`: the rows that are declared for the alias. */
export function planWatchlist(
  node: Kusto.Language.Syntax.FunctionCallExpression,
  lowering: Lowering,
): Rel {
  const [first, keys] = elementsOf(present(node.ArgumentList).Expressions);
  const alias = constantText(first, lowering);
  if (keys !== undefined) {
    return lowering.refuse(keys, {
      code: "KT0730",
      message: "the keys of `_GetWatchlist` have no translation",
      hint: "filter its rows: `_GetWatchlist('x') | where SearchKey in (…)`",
    });
  }
  const { watchlists = {} } = fixturesOf(lowering);
  const table = Object.hasOwn(watchlists, alias ?? "") ? watchlists[alias ?? ""] : undefined;
  if (alias === undefined || table === undefined) {
    return outsideTable(node, {
      what: `_GetWatchlist('${alias ?? "…"}')`,
      lowering,
      declare: `its rows in \`fixtures/watchlists/${alias ?? "<alias>"}.csv\`, below a line that names its columns: \`SearchKey,…\``,
    });
  }
  const columns = watchlistColumnsOf(table);
  return fixtureScan(node, { kind: "watchlist", alias }, { columns, lowering });
}

/** `workspace("soc").SigninLogs` and the like: a table of another place. */
export function planPlace(node: Expression, lowering: Lowering): Rel {
  const key = placeKey(textOf(node));
  const { places = {} } = fixturesOf(lowering);
  const table = Object.hasOwn(places, key) ? places[key] : undefined;
  if (table !== undefined) {
    return fixtureScan(node, { kind: "place", key }, { columns: table.columns, lowering });
  }
  return outsideTable(node, {
    what: textOf(node),
    lowering,
    declare: `its rows in \`fixtures/tables.yaml\`: \`- { table: '${key}', file: tables/<name>.csv }\``,
  });
}

/** `externaldata(…)[url] with (…)`: the texts that are declared for its URLs. */
export function planExternalData(
  node: Kusto.Language.Syntax.ExternalDataExpression,
  lowering: Lowering,
): Rel {
  const columns = boundColumns(node);
  const urls = elementsOf(node.URIs).map((uri) => constantText(uri, lowering));
  const missing = urls.find(
    (url) => url === undefined || externalText(fixturesOf(lowering), url) === undefined,
  );
  if (urls.length === 0 || urls.includes(undefined) || missing !== undefined) {
    return outsideTable(node, {
      what: "externaldata",
      lowering,
      declare: `what stands there in \`fixtures/externaldata.yaml\`: \`- { url: '${missing ?? "https://…"}', file: externaldata/<name>.csv }\``,
    });
  }
  const known = urls.filter((url) => url !== undefined);
  const ref: ExternalRef = {
    kind: "external",
    urls: known,
    ...propertiesOf(node, known[0] ?? "", lowering),
    columns,
  };
  return fixtureScan(node, ref, { columns, lowering });
}

function propertiesOf(
  node: Kusto.Language.Syntax.ExternalDataExpression,
  url: string,
  lowering: Lowering,
): Pick<ExternalRef, "format" | "ignoreFirstRecord"> {
  let format: string = endingOf(url);
  let ignoreFirstRecord = false;
  for (const property of elementsOf<Kusto.Language.Syntax.NamedParameter>(
    node.WithClause?.Properties,
  )) {
    const name = nameOf(present(property.Name)).toLowerCase();
    const value = lowering.scalar(present(property.Expression));
    const text = value.kind === "literal" ? String(value.value) : undefined;
    if (name === "format" && text !== undefined) format = text.toLowerCase();
    else if (name === "ignorefirstrecord") ignoreFirstRecord = text === "true";
    else {
      return lowering.refuse(property, {
        code: "KT0730",
        message: `property \`${name}\` of \`externaldata\` has no translation`,
      });
    }
  }
  if (isFormat(format)) return { format, ignoreFirstRecord };
  return lowering.refuse(node, {
    code: "KT0730",
    message: `format \`${format}\` of \`externaldata\` has no translation`,
    hint: `these have: ${externalFormats.map((each) => `\`${each}\``).join(", ")}`,
  });
}

/** The format that the ending of a URL's path tells; CSV where it tells none. */
function endingOf(url: string): ExternalFormat {
  const path = url.replace(/[?#;].*$/s, "").replace(/\.(gz|zip)$/i, "");
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return isFormat(ending) ? ending : "csv";
}

function isFormat(text: string): text is ExternalFormat {
  return externalFormats.some((format) => format === text);
}

function constantText(node: Expression | undefined, lowering: Lowering): string | undefined {
  if (node === undefined) return undefined;
  const value = lowering.scalar(node);
  return value.kind === "literal" && typeof value.value === "string" ? value.value : undefined;
}
