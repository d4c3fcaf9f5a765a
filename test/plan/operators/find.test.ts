import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

const tables = "let T = datatable(x:long, s:string)[1, 'a']; let U = datatable(x:string)['z'];";

test("a column is of the type that is asked for", () =>
  expectRows(`${tables} find in (T) where x > 0 project s, x:string`, [["find_arg0", "a", "1"]]));

test("a column that is of several types is not made one", () =>
  expectRefusal(`${tables} find in (T, U) where x == 'z' project x:string`, "KT0256"));
