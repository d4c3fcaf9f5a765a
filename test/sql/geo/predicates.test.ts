import * as fc from "fast-check";
import { expect, test } from "vitest";
import { areFar, isOnEdge, meetingOf, turn } from "../../../src/sql/geo/predicates.ts";
import { vectorOf, type Edge, type Position } from "../../../src/sql/geo/sphere.ts";

function edge(from: Position, to: Position): Edge {
  return [vectorOf(from), vectorOf(to)];
}

const place = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

test.each<[Position, Position, Position, number]>([
  [[0, 0], [10, 0], [5, 1], 1],
  [[0, 0], [10, 0], [5, -1], -1],
  [[0, 0], [10, 0], [5, 0], 0],
  [[0, 0], [10, 0], [5, 1e-30], 1],
  [[0, 0], [10, 0], [0, 0], 0],
])("from %j to %j and on to %j turns %d", (a, b, c, expected) => {
  expect(turn(vectorOf(a), vectorOf(b), vectorOf(c))).toBe(expected);
});

test("a turn is the other way where two points change places, and the same where all move on", () => {
  fc.assert(
    fc.property(place, place, place, (a, b, c) => {
      const [x, y, z] = [vectorOf(a), vectorOf(b), vectorOf(c)];
      expect(turn(y, x, z) + turn(x, y, z)).toBe(0);
      expect(turn(y, z, x)).toBe(turn(x, y, z));
    }),
  );
});

test.each<[string, Edge, Edge, string]>([
  ["crosses", edge([-1, 0], [1, 0]), edge([0, -1], [0, 1]), "crossing"],
  ["ends on the other", edge([-1, 0], [1, 0]), edge([0, 0], [0, 1]), "touching"],
  ["begins where the other ends", edge([-1, 0], [1, 0]), edge([1, 0], [2, 3]), "touching"],
  ["goes on behind it", edge([-1, 0], [1, 0]), edge([2, 0], [3, 0]), "apart"],
  ["is beside it", edge([-1, 0], [1, 0]), edge([-1, 1], [1, 1]), "apart"],
  ["crosses on the other side of Earth", edge([-1, 0], [1, 0]), edge([180, -1], [180, 1]), "apart"],
])("an edge that %s", (_, first, second, expected) => {
  expect(meetingOf(first, second)).toBe(expected);
  expect(meetingOf(second, first)).toBe(expected);
});

test("edges that are far do not meet, and an end is on its edge", () => {
  fc.assert(
    fc.property(place, place, place, place, (a, b, c, d) => {
      const [first, second] = [edge(a, b), edge(c, d)];
      expect(areFar(first, second) && meetingOf(first, second) !== "apart").toBe(false);
      expect(isOnEdge(first[0], first)).toBe(true);
    }),
  );
});
