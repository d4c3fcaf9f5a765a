import { describe, expect, test } from "vitest";
import { exampleTable } from "../../../src/plan/lower/operators/form.ts";
import { operators } from "../../../src/plan/lower/operators/index.ts";
import { plugins } from "../../../src/plan/lower/plugins/index.ts";
import { rowsOf } from "../../support/engine.ts";

const forms = [...Object.values(operators), ...Object.values(plugins)].flatMap(
  (each) => each.forms,
);

describe("the rows of each example", () => {
  const answered = forms.filter((form) => "rows" in form);
  test.each(answered.map((form) => [form.example, form.rows] as const))("%s", async (kql, rows) => {
    expect(await rowsOf(`${exampleTable} ${kql}`)).toEqual(rows);
  });
});

describe("the refusal of each example", () => {
  const refused = forms.filter((form) => "refused" in form);
  test.each(refused.map((form) => [form.example, form] as const))("%s", async (kql, form) => {
    await expect(rowsOf(`${exampleTable} ${kql}`)).rejects.toMatchObject({
      diagnostics: [{ code: form.refused, hint: form.hint }],
    });
  });
});
