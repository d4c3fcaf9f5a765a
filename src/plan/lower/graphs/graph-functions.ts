import {
  elementsOf,
  kindOf,
  nameOf,
  present,
  type Expression,
  type SyntaxNode,
} from "../../../kql/syntax.ts";
import type { Column } from "../../../schema/types.ts";
import { stateColumnName } from "../../ir/state-columns.ts";
import type { Lowering } from "../lowering.ts";
import type { Expr } from "../../ir/types.ts";
import { refuseGraph } from "./graph.ts";
import type { Pattern } from "./pattern.ts";

/** What is computed along a path: `all(e, …)`, `any(e, …)`, `map(e, …)`, over its edges or the nodes between them. */
export interface PathValue {
  readonly kind: "all" | "any" | "map";
  readonly over: "edges" | "nodes";
  /** The pattern's edge. */
  readonly edge: string;
  /** The expression, over the properties of an edge or a node. */
  readonly expression: Expression;
  /** The column that holds it. */
  readonly column: string;
  readonly clause: "where" | "project";
  /** True where it stands in the conditions, all of which must hold: then a step that fails ends the path. */
  readonly required: boolean;
}

/** What an operator of a graph asks for beside properties. */
export interface GraphCalls {
  readonly paths: readonly PathValue[];
  /** The nodes whose degrees are asked for. */
  readonly degrees: boolean;
}

/** What calls and paths in the clauses of a graph's operator stand for: columns that it makes. */
const answers = new WeakMap<SyntaxNode, Expr>();

/** The column that holds the value of `node`; undefined where it is no function of a graph. */
export function graphValue(node: SyntaxNode): Expr | undefined {
  return answers.get(node);
}

/** The name of the column that holds `property` of an element of the pattern. */
export function elementColumn(element: string, property: string): string {
  return stateColumnName({ step: element, column: property });
}

interface Clauses {
  readonly where: Expression | undefined;
  readonly project: readonly Expression[];
}

const pathFunctions: ReadonlySet<string> = new Set(["all", "any", "map"]);

/** Finds the functions of a graph in `where` and `project`, and notes for each its column. */
export function readCalls(clauses: Clauses, pattern: Pattern, lowering: Lowering): GraphCalls {
  const varying = new Set(pattern.edges.flatMap(({ name, range }) => (range === undefined ? [] : [name]))); // oxfmt-ignore
  const paths: PathValue[] = [];
  let degrees = false;
  const note = (value: Omit<PathValue, "column">, node: Expression): void => {
    const column = `$path ${paths.length + 1}`;
    paths.push({ ...value, column });
    const type = value.kind === "map" ? "dynamic" : "bool";
    answers.set(node, { kind: "column", name: column, type, span: lowering.span(node) });
  };
  const call = (
    node: Kusto.Language.Syntax.FunctionCallExpression,
    clause: PathValue["clause"],
    required: boolean,
  ): boolean => {
    // oxfmt-ignore
    const name = nameOf(present(node.Name));
    const [first, second] = elementsOf(present(node.ArgumentList).Expressions);
    if (first === undefined) return false;
    if (name === "node_degree_in" || name === "node_degree_out") {
      degrees = true;
      const column = elementColumn(nameOf(first), `$${name}`);
      answers.set(node, { kind: "column", name: column, type: "long", span: lowering.span(node) });
      return true;
    }
    if (!pathFunctions.has(name) || second === undefined) return false;
    const inner = kindOf(first) === "FunctionCallExpression" ? innerNodes(first) : undefined;
    const edge = inner ?? (kindOf(first) === "NameReference" ? nameOf(first) : "");
    if (!varying.has(edge)) {
      return refuseGraph(
        { at: first, lowering },
        `\`${name}()\` is for an edge of variable length`,
      );
    }
    const over = inner === undefined ? "edges" : "nodes";
    note({ kind: name as PathValue["kind"], over, edge, expression: second, clause, required }, node); // oxfmt-ignore
    return true;
  };
  const visit = (node: Expression, clause: PathValue["clause"], required: boolean): void => {
    const kind = kindOf(node);
    if (kind === "FunctionCallExpression") {
      if (call(node as Kusto.Language.Syntax.FunctionCallExpression, clause, required)) return;
    }
    const property = kind === "PathExpression" ? propertyOf(node) : undefined;
    if (property !== undefined && varying.has(property.edge)) {
      if (clause === "where") {
        refuseGraph({ at: node, lowering }, "a property of an edge of variable length has several values", `write \`all(${property.edge}, …)\` or \`any(${property.edge}, …)\``); // oxfmt-ignore
      }
      note({ kind: "map", over: "edges", edge: property.edge, expression: property.name, clause, required: false }, node); // oxfmt-ignore
      return;
    }
    const deeper = required && (kind === "AndExpression" || kind === "ParenthesizedExpression");
    for (let index = 0; index < node.ChildCount; index++) {
      const child = node.GetChild(index);
      if (child !== null && child.ChildCount > 0) visit(child as Expression, clause, deeper);
    }
  };
  if (clauses.where !== undefined) visit(clauses.where, "where", true);
  for (const item of clauses.project) visit(item, "project", false);
  return { paths, degrees };
}

/** Notes what the names in `node` stand for that the binder does not find: it knows nothing of ids without a table of nodes. */
export function answerNames(node: Expression, row: readonly Column[], lowering: Lowering): void {
  if (kindOf(node) === "NameReference") {
    const column = row.find(({ name }) => name === nameOf(node));
    if (column !== undefined && node.ReferencedSymbol === null) {
      answers.set(node, { kind: "column", ...column, span: lowering.span(node) });
    }
    return;
  }
  for (let index = 0; index < node.ChildCount; index++) {
    const child = node.GetChild(index);
    if (child !== null && child.ChildCount > 0) answerNames(child as Expression, row, lowering);
  }
}

function innerNodes(node: Expression): string | undefined {
  const { Name, ArgumentList } = node as Kusto.Language.Syntax.FunctionCallExpression;
  const [edge] = elementsOf(present(ArgumentList).Expressions);
  if (nameOf(present(Name)) !== "inner_nodes" || edge === undefined) return undefined;
  return kindOf(edge) === "NameReference" ? nameOf(edge) : undefined;
}

/** `edge.name`, where it is that. */
function propertyOf(node: Expression): { edge: string; name: Expression } | undefined {
  const { Expression, Selector } = node as Kusto.Language.Syntax.PathExpression;
  const [edge, name] = [present(Expression), present(Selector)];
  if (kindOf(edge) !== "NameReference" || kindOf(name) !== "NameReference") return undefined;
  return { edge: nameOf(edge), name };
}
