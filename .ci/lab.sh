#!/usr/bin/env bash
# The tests of the lab on a container engine of their own, of which nothing is left afterwards. Usage: .ci/lab.sh REPORT
# with REPORT a file for Vitest's results as JSON. Needs Debian and root; installs `docker.io` and `debootstrap` where they
# are missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
report="$1"

if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "the lab needs root, and there is no sudo" >&2; exit 1; }
  exec sudo --preserve-env=PATH,CI,HOME bash "$0" "$@"
fi

missing=()
command -v dockerd >/dev/null && command -v docker >/dev/null || missing+=(docker.io)
command -v debootstrap >/dev/null || missing+=(debootstrap)
if [ "${#missing[@]}" -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" iptables >/dev/null
fi

# Short, since the path of a socket may have 107 bytes.
engine="$(mktemp -d /tmp/kqltest-engine-XXXXXX)"
export DOCKER_HOST="unix://$engine/docker.sock"

stop_engine() {
  if [ -n "${pid:-}" ] && kill "$pid" 2>/dev/null; then wait "$pid" || true; fi
  pid=
}

finish() {
  stop_engine
  # What an engine leaves mounted cannot be removed.
  { grep -o "$engine[^ ]*" /proc/mounts || true; } | sort -r | while read -r mounted; do
    umount "$mounted" || true
  done
  rm -rf "$engine"
}
trap finish EXIT

# start_engine DRIVER: whether an engine with that storage driver answers.
start_engine() {
  dockerd --data-root "$engine/data" --exec-root "$engine/exec" --host "$DOCKER_HOST" \
    --pidfile "$engine/pid" --storage-driver "$1" >"$engine/log" 2>&1 &
  pid=$!
  for _ in $(seq 60); do
    docker info >/dev/null 2>&1 && return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.5
  done
  stop_engine
  return 1
}

# vfs copies the whole image for each container, and works where overlays do not.
start_engine overlay2 || start_engine vfs || { cat "$engine/log" >&2; exit 1; }
scripts/lab-image.sh >"$engine/image.log" 2>&1 || { tail -n 40 "$engine/image.log" >&2; exit 1; }
KQLTEST_LAB=required npx vitest run test/lab/docker.test.ts \
  --reporter=default --reporter=json --outputFile.json="$report"
test -z "$(docker ps --all --quiet)" || { echo "containers are left" >&2; exit 1; }
