import type { ErrorTable } from "./error-code.ts";

/** What is wrong with a query, and what of KQL has no translation. */
export const queryErrors: ErrorTable = {
  KT0101: {
    summary:
      "Microsoft's own parser or binder refuses the query. The code in parentheses (`KS142`) is theirs.",
    fix: "Correct the text; the hint names the nearest name that exists. A table or function of a workspace is declared in `tables/` or `functions/` (docs/inputs.md).",
    example: { kql: 'DeviceProcessEvents | where FileNam == "cmd.exe"' },
  },
  KT0201: {
    summary: "The query has a tabular operator that kqltest does not translate.",
    fix: "Write the query with other operators.",
    example: { kql: "DeviceInfo | assert-schema (DeviceName:string)" },
  },
  KT0202: {
    summary: "The query gives no table, or several.",
    fix: "End it with one tabular expression; `print` makes a table of a scalar.",
    example: { kql: "let limit = 10;" },
  },
  KT0203: {
    summary: "The query has a statement that kqltest does not translate: `alias`, `restrict`.",
    fix: "Leave it out; `let`, `set`, `declare query_parameters` and `declare pattern` are known.",
    example: { kql: "restrict access to (DeviceInfo); DeviceInfo" },
  },
  KT0204: {
    summary: "A literal is no value of its type, or one that the engine cannot hold.",
    fix: "Correct the value: `datetime(2024-12-31)`, `timespan(1.12:00:00)`, `guid(…)`.",
    example: { kql: "print datetime(2024-13-45)" },
  },
  KT0205: {
    summary: "An expression has no translation.",
    fix: "Write it with functions and operators that have one (docs/functions.md).",
  },
  KT0206: {
    summary: "A name stands where a value must, and nothing gives it one.",
    fix: "Declare it with `let`, or correct its spelling.",
  },
  KT0207: {
    summary: "A function that gives a table is called where a scalar must stand.",
    fix: "Wrap the call in `toscalar(…)`.",
  },
  KT0208: {
    summary: "A function is used as a table, and gives none.",
    fix: "Give the function a tabular body, or use its value in `print` or `extend`.",
    example: { kql: "let f = () { 1 }; f() | count" },
  },
  KT0209: {
    summary: "A name is used as a table, and is none.",
    fix: "Name a table, or declare one with `let`.",
    example: { kql: "let x = 1; x | count" },
  },
  KT0210: {
    summary: "An expression gives several columns in a place where one is translated.",
    fix: "Take one of its values, or give the results their names: `extend (a, b) = …`.",
  },
  KT0211: {
    summary: "The values of a `datatable` do not fill its rows.",
    fix: "Write as many values as there are columns, for each row.",
  },
  KT0212: {
    summary: "An aggregate that gives several columns has no translation.",
    fix: "Use one that gives a single column, such as `percentile` instead of a sketch.",
  },
  KT0214: {
    summary: "The kind of a join is unknown.",
    fix: "Use one that Kusto has: `inner`, `innerunique`, `leftouter`, `leftanti` and so on.",
  },
  KT0215: {
    summary: "A join by a condition (`where`) has no translation.",
    fix: "Join `on` columns and filter behind the join.",
    example: { kql: "print a = 1 | join (print a = 1) where $left.a == $right.a" },
  },
  KT0216: {
    summary: "A key of a join is neither a column nor an equation of two columns.",
    fix: "Compute the key with `extend` on both sides and join on it.",
  },
  KT0220: {
    summary:
      "The query calls a function, or uses an operator with types, that has no translation. Nothing is run.",
    fix: "docs/functions.md lists the functions that have one.",
    example: { kql: "print current_principal()" },
  },
  KT0221: {
    summary: "A function has a translation, but not for the constants in this call.",
    fix: "The message says which argument it is; write it in a simpler way.",
  },
  KT0231: {
    summary:
      "The subquery of `mv-apply` holds an operator that cannot be applied to each row by itself.",
    fix: "Expand with `mv-expand` and group again behind it.",
    example: {
      kql: "datatable(a:dynamic)[dynamic([1])] | mv-apply a on (union (print a = 1))",
    },
  },
  KT0232: {
    summary: "`mv-apply` or `as` stands inside of a subquery of `mv-apply` or `partition`.",
    fix: "Take it out of the subquery.",
    example: { kql: "datatable(a:dynamic)[dynamic([1])] | mv-apply a on (as T)" },
  },
  KT0233: {
    summary: "`parse` has a kind or a flag that has no translation.",
    fix: "Use `parse kind=relaxed` with a `where` behind it, and the flags `U`, `m`, `s`, `i`.",
    example: { kql: "print s = 'a1' | parse-where kind=relaxed s with 'a' n:long" },
  },
  KT0234: {
    summary: "`parse` takes a value whose end Kusto finds in a way that is not documented.",
    fix: "Parse it as a `string` up to a text behind it, and convert it in an `extend`.",
    example: { kql: "print s = 'a1b' | parse kind=regex flags=U s with 'a' n" },
  },
  KT0235: {
    summary: "`parse-kv` says one of its delimiters alone.",
    fix: "Name both: `with (pair_delimiter=',', kv_delimiter='=')`.",
    example: { kql: "print s = 'a=1' | parse-kv s as (a:string) with (kv_delimiter='=')" },
  },
  KT0240: {
    summary:
      "A window function (`prev`, `row_number`) stands in an operator that has no translation for it.",
    fix: "Make it a column with `extend` first.",
    example: { kql: "print a = 1 | serialize | where prev(a) == 1 | order by row_number()" },
  },
  KT0241: {
    summary: "A window function or `scan` reads rows that have no order.",
    fix: "Put `sort by` or `serialize` in front.",
    example: { kql: "print a = 1 | extend b = prev(a)" },
  },
  KT0242: {
    summary:
      "A form of `scan` has no translation: its own `order by` or `partition by`, `output=last`, an optional step, a value that is read behind its assignment.",
    fix: "Sort in front of it and `partition` around it; write a value again where it is needed.",
    example: { kql: "print a = 1 | sort by a | scan partition by a with (step s: true;)" },
  },
  KT0243: {
    summary:
      "A form of `top-nested` has no translation: an expression without a name, `with others` in several levels.",
    fix: "Name the expression: `top-nested of name = …`.",
    example: { kql: "print a = 1 | top-nested 1 of a + 1 by count()" },
  },
  KT0244: {
    summary:
      "The subquery of `partition` has a table of its own, or an operator that cannot be applied to each part.",
    fix: "Join with the table, or group by the key.",
    example: { kql: "print a = 1 | partition by a (union (print a = 1))" },
  },
  KT0245: {
    summary:
      "An operator gives several tables (`fork`, `facet`), or an answer that no documentation defines (`reduce`).",
    fix: "Write a query for each table; `summarize` by what the texts have in common.",
    example: { kql: "DeviceInfo | reduce by DeviceName" },
  },
  KT0246: {
    summary: "`make-series kind=nonempty` is translated without `by` and with both ends alone.",
    fix: "Say `from` and `to`, or leave `kind=nonempty` out.",
    example: {
      kql: "print t = now(), a = 1 | make-series kind=nonempty count() on t step 1h by a",
    },
  },
  KT0249: {
    summary:
      "A function was given a value, at run time, for which it is not known what Kusto answers.",
    fix: "Filter such values out in front of the call.",
  },
  KT0250: {
    summary:
      "The query reads what no table holds: a watchlist, `externaldata`, the answer of a service, another workspace.",
    fix: "Declare it; the hint says in which file (docs/inputs.md). Or answer it with nothing: `--missing-fixtures empty`.",
    example: { kql: "_GetWatchlist('vips') | project SearchKey" },
  },
  KT0252: {
    summary: "A union of so many tables with all of their columns is more than a query can hold.",
    fix: "Name the tables, or `project` or `summarize` the columns that are needed.",
    example: { command: "kqltest query --dialect sentinel 'union * | extend x = pack_all()'" },
  },
  KT0253: {
    summary: "A wildcard of `union`, `search` or `find` stands for something that is no table.",
    fix: "Name the tables.",
  },
  KT0254: {
    summary:
      "`union kind=inner` of tables without a common column, or in which one has different types, has no translation.",
    fix: "`project` the columns that all of them have, then `union`.",
    example: { kql: "union kind=inner (print a = 1), (print b = 1)" },
  },
  KT0255: {
    summary:
      "A term of `search` has no translation: a star inside of it, `:` with something else than a text, a text that a time could hold.",
    fix: "Compare the columns that are meant, with `has`, `==` or `matches regex`.",
    example: { kql: "search in (DeviceInfo) 'a*b'" },
  },
  KT0256: {
    summary: "`find` packs columns into `pack_`, or makes one of columns of several types.",
    fix: "`project` the columns that are needed.",
    example: { kql: "find in (DeviceInfo) where DeviceName == 'x' project pack(*)" },
  },
  KT0257: {
    summary: "A plugin of `evaluate` has no translation, or lacks an argument that it needs.",
    fix: "docs/operators.md lists the plugins that have one; the hint says what to write in place of another.",
    example: { kql: "DeviceInfo | evaluate autocluster()" },
  },
  KT0258: {
    summary:
      "A plugin whose columns depend on the data (`bag_unpack`, `pivot`) stands in a subquery or in a saved function, or in a function whose calls give it other columns each time.",
    fix: "Write its columns behind the call: `evaluate bag_unpack(d) : (*, Name:string)`.",
    example: {
      kql: "print d = dynamic([{}]) | mv-apply e = d on (evaluate bag_unpack(e))",
    },
  },
  KT0259: {
    summary: "An argument of a plugin must be a column, or a constant.",
    fix: "Make it one with `extend` first.",
  },
  KT0260: {
    summary: "`bag_unpack` gives a column that its input has too.",
    fix: "Give it a prefix, or say `columnsConflict='keep_source'` or `'replace_source'`.",
    example: { kql: "print a = 1, d = dynamic({'a': 1}) | evaluate bag_unpack(d)" },
  },
  KT0261: {
    summary:
      "`pivot` would make a column of a value that is empty, or the name of a column that stays.",
    fix: "Filter or rename such values in front of it.",
    example: { kql: "datatable(a:string, b:string)['x', ''] | evaluate pivot(b, count(), a)" },
  },
  KT0262: {
    summary: "A query parameter has no default, and nothing gives it a value.",
    fix: "Give it one: `declare query_parameters(days:long = 7);`.",
    example: { kql: "declare query_parameters(days:long); print days" },
  },
  KT0263: {
    summary: "`table(…)` with a computed name has no translation.",
    fix: "Write the name.",
    example: { kql: "table(strcat('Device', 'Info')) | count" },
  },
  KT0264: {
    summary: "`bin_auto` does not know its size.",
    fix: "Write `set query_bin_auto_size = 1h;` in front of the query.",
    example: { kql: "print a = 1 | summarize count() by bin_auto(a)" },
  },
  KT0265: {
    summary: "What a plugin counts by must be columns.",
    fix: "Make them with `extend`.",
  },
  KT0266: {
    summary: "A form of an operator that makes a graph or reads one has no translation.",
    fix: "The hint says what to write in place of it; or `join` the table of the edges with itself.",
    example: {
      kql: "DeviceInfo | make-graph DeviceId --> DeviceName | graph-to-table nodes with_node_id=Hash",
    },
  },
  KT0280: {
    summary:
      "A name of `let` or of a parameter, with all names in it written out, is an expression too large to run: each step doubles it.",
    fix: "Compute the value step by step with `extend`, each of which is evaluated once.",
  },
  KT0281: {
    summary:
      "Microsoft's binder would take minutes for the query: declarations unite or call the one before them several times, one after the other, or many `toscalar` or brackets are nested.",
    fix: "Unite each table once, call each function once, and name inner values by `let`.",
  },
  KT0267: {
    summary: "`set` names an option that is unknown, or that kqltest does not support.",
    fix: "Remove it, or write in the query what it stands for; docs/operators.md lists the options. Kusto ignores unknown options.",
    example: { kql: "set query_datetimescope_from = datetime(2025-01-01); DeviceInfo" },
  },
  KT0268: {
    summary: "`set` sets an option without a value, or to one that the option does not take.",
    fix: "Write a constant of the type that the message names.",
    example: { kql: "set query_take_max_records = 0; print 1" },
  },
  KT0282: {
    summary: "An operator is to give a number of rows that is negative or null.",
    fix: "Use 0 or more.",
    example: { kql: "DeviceInfo | take -1" },
  },
};
