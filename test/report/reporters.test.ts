import { expect, test } from "vitest";
import { reporters } from "../../src/report/index.ts";
import { samples } from "./samples.ts";

const extensions: Readonly<Record<string, string>> = { text: "txt", json: "json" };
const plain = { color: false, width: 100 };

const cases = reporters.flatMap((reporter) =>
  Object.entries(samples).map(([sample, result]) => ({ reporter, sample, result })),
);

test.each(cases)("$reporter.name of $sample", async ({ reporter, sample, result }) => {
  await expect(reporter.render(result, plain)).toMatchFileSnapshot(
    `golden/${sample}.${extensions[reporter.name] ?? reporter.name}`,
  );
});

test.each(cases)("$reporter.name of $sample steers no terminal", ({ reporter, result }) => {
  expect(reporter.render(result, plain)).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
});

test("colours stand around the same text", () => {
  for (const reporter of reporters) {
    for (const result of Object.values(samples)) {
      const colored = reporter.render(result, { color: true, width: 100 });
      // oxlint-disable-next-line no-control-regex -- the escape sequences of colours
      expect(colored.replaceAll(/\u001b\[\d+m/g, "")).toBe(reporter.render(result, plain));
    }
  }
});

test("only the text report has colours", () => {
  const colored = reporters.filter(({ render }) =>
    Object.values(samples).some((result) =>
      render(result, { color: true, width: 80 }).includes("\u001b"),
    ),
  );
  expect(colored.map((reporter) => reporter.name)).toEqual(["text"]);
});

test("the JSON report does not know how long the run took", () => {
  const json = reporters.find((reporter) => reporter.name === "json");
  const sample = samples["failing"];
  if (json === undefined || sample === undefined) throw new Error("no such reporter or sample");
  expect(json.render({ ...sample, durationMs: 1 }, plain)).toBe(json.render(sample, plain));
});
