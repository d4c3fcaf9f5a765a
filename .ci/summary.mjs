// Prints `N passed, N failed`, the sum of Vitest's JSON reports, as the last line of a build, and fails where anything did or nothing ran.
import { existsSync, readFileSync } from "node:fs";

const sums = process.argv.slice(2).map(countsOf);
const passed = sums.reduce((sum, counts) => sum + counts.passed, 0);
const failed = sums.reduce((sum, counts) => sum + counts.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function countsOf(path) {
  // Tests that did not come to their report have failed, whatever stopped them.
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(path, "utf8"));
  // A file that cannot be loaded has no tests to count, and has failed all the same.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length };
}
