#!/usr/bin/env bash
# Installs coach for this user alone: no administrator, no network.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=${COACH_HOME:-$HOME/.local/share/coach-program}
applications=${XDG_DATA_HOME:-$HOME/.local/share}/applications
python=$(command -v python@PYTHON@ || command -v python3)
if ! "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != tuple(map(int, "@PYTHON@".split("."))))'; then
  echo "Python @PYTHON@ with its venv module is needed (Debian: python3-venv)." >&2
  exit 2
fi
"$python" -m venv --clear "$home"
pip() { "$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps "$@"; }
pip --require-hashes --find-links "$here/wheels" --requirement "$here/requirements.txt"
pip "$here"/wheels/coach-*.whl
cp -r "$here/licences" "$here/coach.svg" "$home/"
mkdir -p "$applications"
entry() { # file, name, command
  printf '[Desktop Entry]\nType=Application\nName=%s\nExec="%s" %s\nIcon=%s\nTerminal=true\nCategories=Education;\n' \
    "$2" "$home/bin/coach" "$3" "$home/coach.svg" >"$applications/$1.desktop"
}
entry coach "coach" practise
entry coach-pelatih "coach pelatih" serve
echo "$home/bin/coach"
