import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createSpanClock } from "../../dist/scenario/background/lines/span-clock.js";
import { lineFormats } from "../../dist/scenario/background/lines/line-format.js";
import { createLineWriter } from "../../dist/scenario/background/lines/line.js";
import { createPage, isFull } from "../../dist/scenario/background/lines/page.js";
import { daysOf } from "../../dist/scenario/background/world.js";
import { parseInstant } from "../../dist/schema/time.js";
import { median } from "./timing.mjs";

const start = parseInstant("2025-01-13T00:00:00Z");

/** Lines of JSON of ordinary days, made and thrown away: how many a second, and how memory grows once a tenth is done. Then the whole command with its start, its hashes and its files, in each format. */
export async function generateBench() {
  const desks = { devices: 100, days: 7, profile: "office-day" };
  const agents = { devices: 20, days: 7, profile: "ci-runner" };
  const fresh = { devices: 500, days: 1, profile: "office-day" };
  const day = { devices: 400, days: 1 };
  const week = { devices: 100, days: 7 };
  const formats = ["jsonl", "csv", "parquet"];
  return [
    ...[desks, agents, fresh].map(measure),
    ...formats.flatMap((format) => [day, week].map((world) => wholeCommand(format, world))),
    wholeCommand("jsonl", { devices: 1200, days: 1 }),
  ];
}

const bin = resolve(import.meta.dirname, "../../bin/kqltest.js");

/** What a process that ends tells of itself: the times of all its threads in microseconds, its peak of memory in kB. */
const script = `process.on("exit", () => console.error(JSON.stringify(process.resourceUsage())));
process.argv.splice(1, 0, ${JSON.stringify(bin)});
await import(${JSON.stringify(bin)});`;

function wholeCommand(format, { devices, days }) {
  const parent = mkdtempSync(join(tmpdir(), "kqltest-bench-"));
  try {
    const out = join(parent, "world");
    const size = ["--devices", devices, "--days", days, "--format", format, "--out", out];
    const begin = performance.now();
    const node = ["--input-type=module", "-e", script, "--", "generate", ...size.map(String)];
    const { status, stderr } = spawnSync(process.execPath, node, { encoding: "utf8" });
    const seconds = (performance.now() - begin) / 1000;
    if (status !== 0) throw new Error(stderr);
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(stderr);
    const { rows } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    const used = (userCPUTime + systemCPUTime) / 1e6;
    return `whole command, ${format}, office-day, ${devices} devices, ${days} days: ${rows} rows, ${Math.round(rows / used)} rows per second of one core, ${Math.round(rows / seconds)} of wall time, peak memory ${Math.round(maxRSS / 1024)} MB`;
  } finally {
    rmSync(parent, { recursive: true });
  }
}

function measure({ devices, days, profile }) {
  const world = { devices, days, seed: 1, start, profiles: [{ profile, weight: 1 }] };
  const runs = [make(world), make(world), make(world)];
  const { rows, bytes } = runs[0];
  const rate = Math.round(median(runs.map(({ seconds }) => rows / seconds)));
  const grown = Math.max(...runs.map(({ grownMb }) => grownMb));
  return `${profile}, ${devices} devices, ${days} days: ${rows} rows of ${Math.round(bytes / rows)} bytes, ${rate} rows per second of one core (median), memory +${grown} MB from a tenth to the peak`;
}

function make(world) {
  const write = createLineWriter(lineFormats.jsonl, createSpanClock(start));
  const page = createPage();
  let rows = 0;
  let bytes = 0;
  const pageOf = () => {
    rows += 1;
    if (isFull(page)) {
      bytes += page.length;
      page.length = 0;
    }
    return page;
  };
  let days = 0;
  let early = 0;
  let peak = 0;
  // Of the processor and not of the clock: other work on the machine does not count.
  const begin = process.cpuUsage();
  for (const day of daysOf(world)) {
    write(day, pageOf);
    days += 1;
    const { rss } = process.memoryUsage();
    if (days * 10 <= world.devices * world.days) early = Math.max(early, rss);
    peak = Math.max(peak, rss);
  }
  const { user, system } = process.cpuUsage(begin);
  const seconds = (user + system) / 1e6;
  return {
    rows,
    seconds,
    bytes: bytes + page.length,
    grownMb: Math.round((peak - early) / 2 ** 20),
  };
}
