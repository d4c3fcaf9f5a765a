/** Graphs of Microsoft's documentation; what is expected of them is what it says. */
export const connections = `let connections = datatable(from_station:string, to_station:string, line:string)[
  "Central", "North", "red", "North", "Central", "red", "Central", "South", "red", "South", "Central", "red",
  "South", "South-West", "red", "South-West", "South", "red", "South-West", "West", "red", "West", "South-West", "red",
  "Central", "East", "blue", "East", "Central", "blue", "Central", "West", "blue", "West", "Central", "blue"];
`;

export const reports = `let employees = datatable(name:string, age:long)[
  "Alice", 32, "Bob", 31, "Eve", 27, "Joe", 29, "Chris", 45, "Alex", 35, "Ben", 23, "Richard", 39];
let reports = datatable(employee:string, manager:string)[
  "Bob", "Alice", "Chris", "Alice", "Eve", "Bob", "Ben", "Chris", "Joe", "Alice", "Richard", "Bob"];
reports | make-graph employee --> manager with employees on name
`;

export const attacks = `let nodes = datatable(name:string, type:string, age:long)[
  "Alice", "Person", 23, "Bob", "Person", 31, "Eve", "Person", 17, "Trent", "System", 99];
let edges = datatable(source:string, destination:string, edge_type:string)[
  "Alice", "Bob", "communicatesWith", "Alice", "Trent", "trusts", "Bob", "Trent", "hasPermission",
  "Eve", "Alice", "attacks", "Mallory", "Alice", "attacks", "Mallory", "Bob", "attacks"];
edges | make-graph source --> destination with nodes on name
`;

export const children = `let ChildOf = datatable(child:string, parent:string)[
  "Alice", "Bob", "Carol", "Alice", "Carol", "Dave", "Greg", "Alice", "Greg", "Dave",
  "Howard", "Alice", "Howard", "Dave", "Eve", "Frank", "Frank", "Mallory", "Eve", "Kirk"];
ChildOf | make-graph child --> parent with_node_id=name
`;

/** Two edges into `n`, one out of it. */
export const fork = `let G = datatable(a:string, b:string)["x", "n", "y", "n", "n", "z"] | make-graph a --> b with_node_id=id; G | `;
