// Writes a hash of all modules to dist/build.json, by which what another build has kept between runs is told from what this one would make.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const dist = new URL("../dist/", import.meta.url);
const hash = createHash("sha256");
for (const file of readdirSync(dist, { recursive: true }).map(String).toSorted()) {
  if (!/\.c?js$/.test(file)) continue;
  hash.update(`${file}\0`).update(readFileSync(new URL(file, dist)));
}
writeFileSync(new URL("build.json", dist), JSON.stringify({ hash: hash.digest("hex") }));
