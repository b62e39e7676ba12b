#!/usr/bin/env bash
# Renews the lock files. Names no registry, so that they work with any mirror.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
uv="$(command -v uv || echo ../.uv/bin/uv)"
for name in uv main dev; do
  "$uv" pip compile --quiet --upgrade --python-version "$(cat ../.python-version)" --generate-hashes --no-header --no-annotate "$name.in" -o "$name.lock"
done
