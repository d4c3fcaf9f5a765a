// Prints `N passed, N failed` of a Vitest JSON report as the last line of a build, and fails where anything did or nothing ran.
import { existsSync, readFileSync } from "node:fs";

const [path] = process.argv.slice(2);
const report = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
// A file that cannot be loaded has no tests to count, and has failed all the same.
const brokenFiles = (report?.testResults ?? []).filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
);
const passed = report?.numPassedTests ?? 0;
const failed = (report?.numFailedTests ?? 0) + brokenFiles.length;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
