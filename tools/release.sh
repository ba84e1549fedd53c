#!/usr/bin/env bash
# A release in dist/: wheel, source, both bundles, the handbook, what is inside (CycloneDX), checksums; the wheel is tried in a
# clean environment of every Python there is.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
rm -rf dist build
mkdir dist
"$bin/python" -W ignore -c 'from setuptools.build_meta import build_sdist; build_sdist("dist")' >/dev/null
"$bin/python" -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
wheel=$(echo dist/coach-*.whl)

tried=0
for version in 3.11 3.12 3.13; do
  python=$(command -v "python$version") && "$python" -c 'import venv, ensurepip' 2>/dev/null || continue
  folder=$(mktemp -d)
  "$python" -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/run.txt
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$wheel"
  (cd "$folder" && bin/coach review "$OLDPWD/samples/d03.mp4" --back "$(cat "$OLDPWD/samples/d03.back")" --lang id >sheet.txt)
  grep -q "d03.mp4" "$folder/sheet.txt"
  ((tried += 1))
  echo "Python $version: installed, and a sheet printed"
  if ((tried == 1)); then
    "$bin/cyclonedx-py" environment "$folder" --output-file dist/coach.cdx.json
  fi
  rm -rf "$folder"
done
((tried)) || { echo "No Python 3.11, 3.12 or 3.13 to try it with" >&2; exit 1; }

for platform in windows linux; do
  "$bin/python" tools/bundle.py "$platform"
  rm -rf dist/coach-*-"$platform"
done
for lang in id en; do
  (cd coach/web/handbook && "../../../$bin/python" -m zipfile -c "../../../dist/coach-handbook-$lang.zip" "$lang")
done
(cd dist && sha256sum -- * >SHA256SUMS)
ls -l dist
