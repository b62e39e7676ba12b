#!/usr/bin/env bash
# Makes the environment in .venv: setup.sh main | dev. Safe to repeat; does nothing where all is in place.
set -euo pipefail
cd "$(dirname "$0")/.."
lock="requirements/${1:-main}.lock"

fail() { printf 'vigie: %s\n' "$1" >&2; exit 1; }

# The lock of the development tools contains that of the assistant.
stamp=".venv/.installed"
wanted="$(sha256sum requirements/main.lock "$lock" .python-version)"
if [ -x .venv/bin/python ] && [ -f "$stamp" ]; then
  have="$(cat "$stamp")"
  [ "$have" = "$wanted" ] && exit 0
  # An environment with the development tools serves to run the assistant too.
  [ "$lock" = requirements/main.lock ] && [ "$have" = "$(sha256sum requirements/main.lock requirements/dev.lock .python-version)" ] && exit 0
fi

version="$(cat .python-version)"
python="$(command -v "python$version" || true)"
if [ -z "$python" ] || ! "$python" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
  fail "Python $version is needed and was not found (Rasa runs on no later version); install it, for example with: pyenv install $version"
fi

uv="$(command -v uv || true)"
if [ -z "$uv" ]; then
  if [ ! -x .uv/bin/uv ]; then
    echo "Installing uv into the project…"
    "$python" -m venv .uv || fail "Python $version cannot make an environment; on Debian: apt-get install python$version-venv"
    .uv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.lock || fail "uv could not be installed from the package index"
  fi
  uv=.uv/bin/uv
fi

echo "Installing what $lock lists…"
rm -f "$stamp"
"$uv" venv --quiet --allow-existing --python "$python" .venv || fail "the environment .venv could not be made"
"$uv" pip sync --quiet --compile-bytecode --require-hashes --python .venv/bin/python "$lock" || fail "the packages of $lock could not be installed"
printf '%s\n' "$wanted" > "$stamp"
