#!/usr/bin/env node
const argv = process.argv.slice(2);

// Help and version need no engine, which is all that must be supervised.
const isHelp = argv[0] === "help" || ["-h", "--help", "-V", "--version"].includes(argv.at(-1));

if (isHelp && !argv.includes("--")) {
  await import("../dist/cli/bin.js");
} else {
  const { supervise } = await import("../dist/cli/supervisor.js");
  supervise(argv);
}
