# make demo    reviews a sample session on the real tracker and prints its checklist
# make test    everything a change must pass: style, types, import contracts, tests; all of it also where a part fails
# make lint    the first three of these alone
# make bench   speed, memory and accuracy in numbers
# make accuracy  the accuracy on the rendered judging sessions: tables, pictures, the worst; ARGS="--wrong --by" and more
# make live      live practice in numbers: delay and cost in Chromium, an hour in less, hints on labelled sessions
# make pages     goes through all of practice in Chromium, at four sizes in both languages; PICTURES=folder keeps each view
# make bundle    the USB stick for Windows in dist/ (PLATFORM=linux: its twin); make release makes and checks all of a release
# make handbook  makes the handbook out of docs/, as pages and as PDF; make pictures takes its pictures anew from the real pages
# make lock      renews the locks in requirements/ after a change of pyproject.toml; ARGS=--upgrade takes the newest of all
# make clean   takes away what the others made
#
# Each sets up .venv by itself where that is not done yet; afterwards none needs the network.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.ready

# Where Python is kept from writing down what it has compiled, every process compiles all of coach anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test lint bench accuracy live pages bundle release lock handbook pictures clean
help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' $(firstword $(MAKEFILE_LIST))

$(READY): pyproject.toml setup.py tools/set_up.sh requirements/dev.txt tools/check_lock.py tools/build_page.py tools/npm/package-lock.json
	@tools/set_up.sh .venv
	touch $@

demo: $(READY)
	@$(BIN)/python tools/check_libraries.py
	$(BIN)/coach review samples/d03.mp4 --back "$$(cat samples/d03.back)" --parts back --lang id

test: $(READY)
	@$(BIN)/python tools/check_libraries.py --tests
	tools/test.sh

lint: $(READY)
	@tools/test.sh style types contracts

bench: $(READY)
	@$(BIN)/python tools/check_libraries.py
	$(BIN)/python -m tests.bench.size
	$(BIN)/python -m tests.bench.speed
	$(BIN)/python -m tests.bench.run

accuracy: $(READY)
	@$(BIN)/python tools/check_libraries.py
	$(BIN)/python -m tests.bench.report $(ARGS)

live: $(READY)
	@$(BIN)/python tools/check_libraries.py --tests
	$(BIN)/python -m tests.bench.latency
	$(BIN)/python -m tests.bench.soak --recorded
	$(BIN)/python -m tests.bench.live $(ARGS)

pages: $(READY)
	PAGES="$(PICTURES)" $(BIN)/python -m pytest -m pages tests/page/test_way.py

PLATFORM ?= windows
PYTHON_OF_BUNDLE ?= 3.12
bundle: $(READY) handbook
	@$(BIN)/python tools/bundle.py $(PLATFORM) --python $(PYTHON_OF_BUNDLE)

release: $(READY) handbook
	@tools/release.sh

handbook: $(READY)
	@$(BIN)/python tools/build_handbook.py --pdf

pictures: $(READY)
	@$(BIN)/python -m tests.pictures

lock: # not after $(READY): the lock may be what is missing there
	@tools/lock.sh $(ARGS)

clean:
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
