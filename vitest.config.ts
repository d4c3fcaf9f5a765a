import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // One parser and one DuckDB addon for all files of a worker: loading them costs two seconds each time.
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
