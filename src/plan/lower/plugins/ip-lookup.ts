import { nameOf, present, type Expression } from "../../../kql/syntax.ts";
import { columnRef } from "../items.ts";
import type { Expr, Rel } from "../../ir/types.ts";
import { planLookup, rightColumn } from "./lookup-plugin.ts";
import { argumentsOf, type PluginCall } from "./plugin.ts";

/** `evaluate ipv4_lookup(T, ip, network, keys…, return_unmatched)`: each row with the rows of `T` whose network has its address. */
export function planIpLookup(plugin: PluginCall): Rel {
  const { node, call, lowering } = plugin;
  const { positional, named } = argumentsOf(call);
  const [table, address, network, ...extra] = positional;
  const flag = named.get("return_unmatched") ?? extra.find(isFlag);
  const span = lowering.span(node);
  const version = nameOf(present(call.Name)).startsWith("ipv6") ? "ipv6" : "ipv4";
  const args: readonly Expr[] = [
    columnRef({ name: nameOf(present(address)), type: "string" }, span),
    rightColumn({ name: nameOf(present(network)), type: "string" }, span),
  ];
  return planLookup(plugin, {
    right: lowering.rel(present(table)),
    keys: extra.filter((arg) => arg !== flag).map(nameOf),
    left: [],
    keepsUnmatched: flag !== undefined && isTrue(lowering.scalar(flag)),
    // Kusto's two plugins differ in what they put first.
    tableFirst: version === "ipv6",
    where: { kind: "call", name: `${version}_is_in_range`, args, type: "bool", span },
  });
}

function isFlag(node: Expression): boolean {
  return /^(true|false)$/i.test(String(node).trim());
}

function isTrue(expr: Expr): boolean {
  return expr.kind === "literal" && expr.value === true;
}
