import { styleText } from "node:util";

/** The few meanings that a report gives to colours. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly failBadge: (text: string) => string;
}

type Format = Parameters<typeof styleText>[0];

/** Colours where `color` is set, else the bare text. */
export function createPaint(color: boolean): Paint {
  const paint =
    (format: Format) =>
    (text: string): string =>
      color ? styleText(format, text, { validateStream: false }) : text;
  return {
    good: paint("green"),
    bad: paint("red"),
    warn: paint("yellow"),
    dim: paint("dim"),
    strong: paint("bold"),
    failBadge: paint(["bold", "white", "bgRed"]),
  };
}
