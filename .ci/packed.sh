#!/usr/bin/env bash
# Packs the project, installs the package into an empty folder and uses it there as a stranger would.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

cd "$root"
npm pack --ignore-scripts --silent --pack-destination "$folder" >/dev/null

cd "$folder"
printf '{ "private": true, "type": "module" }\n' >package.json
npm install --no-audit --no-fund --silent ./kqltest-*.tgz
cp -R "$root/test/fixtures/starter/." .

npx kqltest --now 2025-01-15T12:00:00Z
npx kqltest --now 2025-01-15T12:00:00Z --reporter json >first.json
npx kqltest --now 2025-01-15T12:00:00Z --reporter json >second.json
cmp first.json second.json

answer="$(npx kqltest query 'DeviceProcessEvents | where FileName =~ "POWERSHELL.exe" | count' --data data --format csv)"
[ "$(printf '%s' "$answer" | tr -d '\r' | tail -n 1)" = "1" ]

node --input-type=module --eval '
  import { openEngine } from "kqltest";
  const engine = await openEngine({ now: "2025-01-15T12:00:00Z" });
  const { rows } = await engine.query("print 1 + 1");
  await engine.close();
  if (rows[0][0] !== 2) throw new Error(JSON.stringify(rows));
'
# The lab in containers needs a package that nobody else has to have, and says so.
cp -R "$root/atomics" .
docker="$(npx kqltest atomics run T1102-2 --lab docker --yes 2>&1 >/dev/null || true)"
grep -q '^KT0840 .*testcontainers' <<<"$docker" || { printf '%s\n' "$docker" >&2; exit 1; }
[ -f node_modules/kqltest/lab/Dockerfile ]
echo "the packed package works"
