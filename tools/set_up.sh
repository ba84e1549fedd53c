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
python() { "$folder/bin/python" "$@"; }
pip() { python -m pip install --quiet --disable-pip-version-check --no-compile "$@"; }
# What is locked in requirements/, file by file with its hash: a stranger's release of tomorrow changes nothing here.
# uv needs a fifth of pip's time. Where it cannot be had, or does not get through to the packages, pip does it and says
# what is wrong. What it fetches is linked into the environment: none of it is left elsewhere.
UV_CACHE_DIR=$(cd "$folder" && pwd)/fetched
export UV_CACHE_DIR
lock=requirements/dev.txt
only_uv=$folder/uv.txt # uv's own lines of the lock
awk '/^[a-z]/ { on = /^uv==/ } on' "$lock" >"$only_uv"
if ! { pip --require-hashes --requirement "$only_uv" && python -m uv pip sync --quiet --python "$folder/bin/python" \
  --require-hashes "$lock"; } 2>/dev/null; then
  pip --require-hashes --requirement "$lock"
fi
rm "$only_uv"
# npm, the machine's or else the one that PyPI brings, fetches the page's third-party scripts.
if ! command -v npm >/dev/null; then
  pip --require-hashes --requirement requirements/node.txt
fi
pip --no-deps --no-build-isolation --editable .
python tools/check_lock.py
rm -rf "$UV_CACHE_DIR"
# pip compiles one module after the other; here all cores do, but for the packages' own tests. What cannot be compiled
# is not for this Python.
packages=$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
python -m compileall -qq -j 0 -x "/tests?/" "$packages" || true

python tools/build_page.py
python tools/build_handbook.py
