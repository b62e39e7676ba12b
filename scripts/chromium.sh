#!/usr/bin/env bash
# The browser of the tests: the system's Chromium, installed where we may.
set -euo pipefail
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser test…"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  echo "vigie: the browser test needs Chromium as 'chromium'; install it, for example with: sudo apt-get install chromium" >&2
  exit 1
fi
