import { defined } from "../../base/defined.ts";
import { createRequire } from "node:module";
import type { Faker, Randomizer } from "@faker-js/faker";
import { createRandom, hash32, type Random } from "../../base/random.ts";

/** Drawn values of one scenario. Each key has its own source, so no value depends on another or on the order of asking. */
export interface Draw {
  readonly random: (key: string) => Random;
  person(key: string): { readonly first: string; readonly last: string };
  /** `text` with its placeholders filled in; `user` and `device` are the names it may mention. */
  fill(text: string, key: string, names: Names): string;
}

export interface Names {
  readonly user: string;
  readonly device: string;
}

/** The drawn values for `seed`. */
export function createDraw(seed: number): Draw {
  // Hashed once to a short seed: `createRandom` goes over its seed four times.
  const random = (key: string): Random => createRandom(hash32(`${seed}/${key}`));
  const fakerFor = (key: string): Faker => fakerOf(random(key));
  const word = (key: string): string =>
    fakerFor(key)
      .word.noun({ length: { min: 4, max: 9 } })
      .toLowerCase()
      .replaceAll(/[^a-z]/g, "");
  return {
    random,
    person: (key) => {
      const faker = fakerFor(key);
      return { first: faker.person.firstName(), last: faker.person.lastName() };
    },
    fill: (text, key, names) => {
      if (!text.includes("{")) return text;
      let count = 0;
      return text.replaceAll(placeholder, (whole, ...found: (string | undefined)[]) => {
        const [kind = "", length = "8", name] = found;
        if (kind === "user" || kind === "device") return names[kind];
        // A named placeholder is the same value wherever it stands in the scenario.
        const from = name === undefined ? `${key}/${count++}` : whole;
        return kind === "word" ? word(from) : drawText(random(from), kind, Number(length));
      });
    },
  };
}

/** `{user}`, `{device}`, `{word}`, `{guid}`, `{hex:8}`, `{alnum:8}`, `{digits:8}`, and `#name` before the brace. Other braces are left alone: PowerShell is full of them. */
export const placeholder: RegExp =
  /\{(user|device|word|guid|hex|alnum|digits)(?::(\d{1,3}))?(?:#([\w-]+))?\}/g;

const alphabets: Readonly<Record<string, string>> = {
  hex: "0123456789abcdef",
  alnum: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
  digits: "0123456789",
};

function drawText(random: Random, kind: string, length: number): string {
  if (kind === "guid") return guid(random);
  const alphabet = alphabets[kind] ?? "";
  // No number begins with 0.
  const first = (index: number): number => (kind === "digits" && index === 0 ? 1 : 0);
  return Array.from(
    { length },
    (_, index) => alphabet[random.integer(first(index), alphabet.length - 1)],
  ).join("");
}

/** A random GUID of version 4. */
export function guid(random: Random): string {
  const variant = random.pick(["8", "9", "a", "b"]);
  return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${variant}${random.hex(3)}-${random.hex(12)}`;
}

/** A generator of names, words and the like that begins at `seed`, with a fixed day for its dates. */
export function seededFaker(seed: number): Faker {
  const faker = newFaker();
  faker.seed(seed);
  faker.setDefaultRefDate("2025-01-15T12:00:00Z");
  return faker;
}

let source: Random = createRandom(0);
let instance: Faker | undefined;

/** The library over `random`, until it is asked for again: one instance for all, for its own generator takes long to seed. */
function fakerOf(random: Random): Faker {
  source = random;
  instance ??= newFaker({ next: () => source.next(), seed: () => undefined });
  return instance;
}

/** An instance of our own: the library's shared one belongs to the user. Loaded late, it costs 50 ms. */
function newFaker(randomizer?: Randomizer): Faker {
  const require = createRequire(import.meta.url);
  const { faker } = require("@faker-js/faker/locale/en") as { readonly faker: Faker };
  const Own = faker.constructor as new (options: {
    readonly locale: Faker["rawDefinitions"];
    readonly randomizer?: Randomizer;
  }) => Faker;
  return new Own({
    locale: faker.rawDefinitions,
    ...defined({ randomizer }),
  });
}
