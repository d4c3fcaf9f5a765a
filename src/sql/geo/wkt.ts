import { refuseValue } from "../udfs/refuse-value.ts";
import { collectionText, numberText, shapeText } from "./geojson.ts";
import { isPosition } from "./sphere.ts";

/** GeoJSON's names of the kinds of shapes, and how many lists their coordinates are nested in. */
const kinds: Readonly<Record<string, readonly [name: string, depth: number]>> = {
  POINT: ["Point", 0],
  LINESTRING: ["LineString", 1],
  POLYGON: ["Polygon", 2],
  MULTIPOINT: ["MultiPoint", 1],
  MULTILINESTRING: ["MultiLineString", 2],
  MULTIPOLYGON: ["MultiPolygon", 3],
};

/** The GeoJSON of a shape in well-known text; undefined where `text` is none. */
export function geojsonOfWkt(text: string): string | undefined {
  const tokens = text.match(/[A-Za-z]+|[(),]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\S/g) ?? [];
  const reader = new Reader(tokens);
  const shape = reader.shape();
  return reader.isAtEnd() ? shape : undefined;
}

/** Reads a shape's words one after the other. What does not fit gives undefined, and leaves the rest unread. */
class Reader {
  private at = 0;
  private readonly tokens: readonly string[];

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  shape(): string | undefined {
    const word = this.next()?.toUpperCase() ?? "";
    if (/^(?:Z|M|ZM|EMPTY)$/i.test(this.tokens[this.at] ?? "")) {
      return refuseValue("well-known text with `Z`, `M` or `EMPTY`");
    }
    if (word === "GEOMETRYCOLLECTION") {
      const shapes = this.list(() => this.shape());
      return shapes === undefined ? undefined : collectionText(shapes);
    }
    const kind = kinds[word];
    if (kind === undefined) return undefined;
    const [name, depth] = kind;
    const coordinates = name === "MultiPoint" ? this.points() : this.nested(depth);
    return coordinates === undefined ? undefined : shapeText(name, coordinates);
  }

  /** A position within `depth` lists; the innermost brackets of a point are its own. */
  private nested(depth: number): string | undefined {
    if (depth === 0) return this.list(() => this.position())?.[0];
    const items = this.list(() => (depth === 1 ? this.position() : this.nested(depth - 1)));
    return items === undefined ? undefined : `[${items.join(",")}]`;
  }

  /** Each point with brackets of its own or without. */
  private points(): string | undefined {
    const items = this.list(() =>
      this.tokens[this.at] === "(" ? this.nested(0) : this.position(),
    );
    return items === undefined ? undefined : `[${items.join(",")}]`;
  }

  private list(item: () => string | undefined): string[] | undefined {
    if (this.next() !== "(") return undefined;
    const items: string[] = [];
    for (;;) {
      const found = item();
      if (found === undefined) return undefined;
      items.push(found);
      const token = this.next();
      if (token === ")") return items;
      if (token !== ",") return undefined;
    }
  }

  private position(): string | undefined {
    const [longitude, latitude] = [Number(this.next()), Number(this.next())];
    if (Number.isNaN(longitude) || Number.isNaN(latitude)) return undefined;
    if (!isPosition([longitude, latitude]))
      return refuseValue("a place beyond the degrees of Earth");
    return `[${numberText(longitude)},${numberText(latitude)}]`;
  }

  private next(): string | undefined {
    const token = this.tokens[this.at];
    this.at += 1;
    return token;
  }
}
