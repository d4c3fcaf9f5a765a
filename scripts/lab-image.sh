#!/usr/bin/env bash
# Makes the image of lab/Dockerfile without a registry, from packages of Debian alone. Needs root, debootstrap and a
# container engine. Usage: scripts/lab-image.sh [NAME]
set -euo pipefail
name="${1:-kqltest-lab:dev}"
suite=bookworm
packages=bash,ca-certificates,curl,openssl,python3,strace,wget

root="$(mktemp -d)"
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase --include="$packages" "$suite" "$root"
# Packages, their lists and their documentation are half of it.
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}/*
tar -C "$root" -c . | docker import - "$name"
