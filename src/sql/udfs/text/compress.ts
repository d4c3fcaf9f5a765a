import { deflateSync, gzipSync } from "node:zlib";
import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

/** Kusto's compressed bytes are known for texts that do not shrink: they are stored as they are. */
export const compressUdfs: UdfTable = {
  kql_gzip: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => {
      const bytes = gzipSync(incompressible(text), { level: 0 });
      // The bytes of the header that tell the compressor's effort and the system.
      bytes.set([0, 255], 8);
      return bytes.toString("base64");
    },
  },
  kql_deflate: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => deflateSync(incompressible(text), { level: 0 }).toString("base64"),
  },
};

/** The bytes of a text too short for a code of its own and without three bytes that come again. */
function incompressible(text: string): Buffer {
  const bytes = Buffer.from(text);
  const threes = Array.from(bytes, (_, at) => bytes.toString("hex", at, at + 3));
  const isShort = bytes.length > 0 && bytes.length < 48;
  return isShort && new Set(threes).size === threes.length
    ? bytes
    : refuseValue("the compressed bytes of a text that is long, empty or repeats itself");
}
