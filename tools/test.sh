#!/usr/bin/env bash
# Everything a change must pass. Every part runs, also where one before it failed; the last lines say how each ended, and
# the exit code is the first failing part's.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

style() { "$bin/ruff" check . && "$bin/ruff" format --check .; }
types() {
  # 2: a busy machine starts mypy's workers too late
  { "$bin/mypy" --num-workers 2 || { (($? == 2)) && "$bin/mypy"; }; } && "$bin/mypy" tools/check_libraries.py
}
contracts() { "$bin/lint-imports"; }
tests() { "$bin/python" -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not alone and not pages"; }
alone() {
  local files
  mapfile -t files < <(grep -rl --include='test_*.py' 'mark\.alone' tests | sort)
  "$bin/python" -m pytest -m "alone and not pages" "${files[@]}"
}

code=0
summary=()
for part in "${@:-style types contracts tests alone}"; do
  for name in $part; do
    began=$SECONDS
    "$name"
    ended=$?
    ((ended == 0)) && word=passed || word="FAILED ($ended)"
    summary+=("$(printf '%-10s %-12s %4d s' "$name" "$word" "$((SECONDS - began))")")
    ((code == 0)) && code=$ended
  done
done
printf '\n'
printf '%s\n' "${summary[@]}"
exit "$code"
