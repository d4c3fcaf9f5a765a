import type { Column } from "../schema/types.ts";
import { loadKusto } from "./load.ts";
import { openTableSymbol } from "./symbols.ts";

type FunctionSymbol = Kusto.Language.Symbols.FunctionSymbol;

/** Functions of the hunting service that look rows up: each gives its input with these columns added. */
const enrichments: Readonly<Record<string, string>> = {
  FileProfile: `SHA1 = column_ifexists("SHA1", ""), SHA256 = column_ifexists("SHA256", ""),
    MD5 = column_ifexists("MD5", ""), FileSize = column_ifexists("FileSize", long(null)),
    GlobalPrevalence = int(null), GlobalFirstSeen = datetime(null), GlobalLastSeen = datetime(null),
    Signer = "", Issuer = "", SignerHash = "", IsCertificateValid = bool(null),
    IsRootSignerMicrosoft = bool(null), SignatureState = "", IsExecutable = bool(null),
    ThreatName = "", Publisher = "", SoftwareName = "", ProfileAvailability = ""`,
  SeenBy: "SeenBy = dynamic(null)",
  DeviceFromIP: `DeviceId = column_ifexists("DeviceId", "")`,
};

const watchlistColumns: readonly Column[] = [
  { name: "_DTItemId", type: "string" },
  { name: "LastUpdatedTimeUTC", type: "datetime" },
  { name: "SearchKey", type: "string" },
];

/** Functions that give a table of another place: `workspace("x").SigninLogs`. */
const places = ["workspace", "app", "arg", "adx", "resource"];

/** Built-in functions whose answers are outside of the tables, and which the binder does not know. */
export const outsideFunctions: ReadonlySet<string> = new Set([
  ...Object.keys(enrichments),
  "_GetWatchlist",
  ...places,
]);

/** True where `name` adds columns to the rows that are piped into it. */
export function isEnrichment(name: string): boolean {
  return Object.hasOwn(enrichments, name);
}

let symbols: ReadonlyMap<string, FunctionSymbol> | undefined;

/** The binder's symbols of the functions in `outsideFunctions` that `text` names. */
export function outsideSymbols(text: string): readonly FunctionSymbol[] {
  symbols ??= new Map([...outsideFunctions].map((name) => [name, outsideSymbol(name)] as const));
  return Array.from(symbols, ([name, symbol]) => (text.includes(name) ? [symbol] : [])).flat();
}

function outsideSymbol(name: string): FunctionSymbol {
  const { FunctionSymbol, DatabaseSymbol } = loadKusto().Language.Symbols;
  const columns = enrichments[name];
  if (columns !== undefined) {
    const parameters = '(T:(*), key:string = "", more:string = "")';
    return new FunctionSymbol.$ctor16(name, parameters, `{ T | extend ${columns} }`, null);
  }
  if (name === "_GetWatchlist") {
    return new FunctionSymbol.$ctor5(name, openTableSymbol(watchlistColumns), [
      textParameter("watchlistAlias", 1),
      textParameter("keys", 0),
    ]);
  }
  const elsewhere = new DatabaseSymbol.$ctor1(name, [] as never, true);
  return new FunctionSymbol.$ctor5(name, elsewhere, [textParameter("identifier", 1)]);
}

/** The symbol of a function behind `invoke` of which nothing but its name is known. */
export function unknownInvoked(name: string): FunctionSymbol {
  const { FunctionSymbol, Parameter, ParameterTypeKind, ArgumentKind } =
    loadKusto().Language.Symbols;
  const parameters = Array.from({ length: 12 }, (_, index) => {
    const kind = index === 0 ? ParameterTypeKind.Tabular : ParameterTypeKind.Any;
    const least = index === 0 ? 1 : 0;
    return new Parameter.ctor(
      `p${index}`,
      kind,
      ArgumentKind.Expression,
      null,
      null,
      false,
      null,
      least,
      1,
      null,
      null,
    );
  });
  return new FunctionSymbol.$ctor5(name, openTableSymbol([]), parameters);
}

function textParameter(name: string, minOccurring: number): Kusto.Language.Symbols.Parameter {
  const { Parameter, ParameterTypeKind, ArgumentKind } = loadKusto().Language.Symbols;
  return new Parameter.ctor(
    name,
    ParameterTypeKind.Scalar,
    ArgumentKind.Expression,
    null,
    null,
    false,
    null,
    minOccurring,
    1,
    null,
    null,
  );
}
