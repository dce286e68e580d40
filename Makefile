# Bartizan: `make help` lists what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
LOCKED := install -qq --disable-pip-version-check --only-binary :all: --require-hashes
PIP := $(BIN)/pip $(LOCKED)
SETTINGS := --settings bartizan.settings
CHROMIUM ?= $(shell command -v chromium chromium-browser google-chrome 2>/dev/null | head -n 1)
LOCKS := main build node test bench sbom dev

# How many tests run side by side; and BROWSER=no leaves out those that need a browser.
WORKERS ?= 2
BROWSER ?= yes

# Bold for people; whatever else reads it gets the words alone.
say = @if [ -t 1 ]; then printf '\033[1m%s\033[0m\n' "· $(1)"; else echo "· $(1)"; fi

.PHONY: help install demo test test-sqlite test-postgres chromium check format lint types floors \
        templates migrations tidy bench sbom lock clean

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  make demo PORT=9000    another port"
	@echo "  make bench QUICK=1     a tenth of the size"
	@echo "  make test BROWSER=no   without the tests that need Chromium"

# --- Installing: each step leaves a stamp, so that a second time costs nothing

install: .venv/.bartizan build/.static ## everything that a running Bartizan needs, into .venv
	@$(if $(filter install,$(MAKECMDGOALS)),echo "Installed. The command is .venv/bin/bartizan",:)

$(BIN)/pip:
	$(call say,Python environment in .venv)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Bartizan needs Python 3.11 or later (make install PYTHON=/path/to/python3)."; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/.main: requirements/build.txt requirements/main.txt | $(BIN)/pip
	$(call say,Python packages (about 120 MB; a minute or two))
	@$(PIP) -r requirements/build.txt -r requirements/main.txt
	@touch $@

.venv/.bartizan: pyproject.toml requirements/main.in .venv/.main
	$(call say,Bartizan itself)
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# A machine without Node.js gets it as a Python package.
node_modules/.stamp: package.json package-lock.json .npmrc requirements/node.txt | $(BIN)/pip
	$(call say,Front-end packages)
	@node --version >/dev/null 2>&1 && npm --version >/dev/null 2>&1 || \
		{ echo "  (no Node.js here: taking it from a Python package)"; $(PIP) -r requirements/node.txt; }
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --no-progress --loglevel error
	@touch $@

build/.static: .venv/.bartizan node_modules/.stamp \
               $(shell find bartizan -name assets.py -o -path '*/static/*' -type f)
	$(call say,Files for the browser)
	@$(BIN)/python -m django collectstatic $(SETTINGS) --noinput --clear --verbosity 0
	@touch $@

.venv/.test: requirements/test.txt .venv/.main
	$(call say,Packages for the tests (about 100 MB))
	@$(PIP) -r requirements/test.txt
	@touch $@

chromium:
ifeq ($(BROWSER)$(CHROMIUM),yes)
	$(call say,Chromium for the browser tests)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -qq -y --no-install-recommends chromium fonts-liberation >/dev/null; \
	else \
		echo "The browser tests need Chromium, and it is not installed. Either"; \
		echo "  sudo apt-get install chromium       (or your system's package of that name), or"; \
		echo "  make test CHROMIUM=/path/to/chrome  (any browser of that family), or"; \
		echo "  make test BROWSER=no                (leave those tests out)."; \
		exit 1; \
	fi
endif

# --- Running

demo: install ## install, load the demo company, serve it on 127.0.0.1 and print a link to sign in
	@$(BIN)/bartizan demo

# --- Testing

PYTEST := $(BIN)/python -m pytest --quiet --numprocesses $(WORKERS) --dist worksteal
WITHOUT_BROWSER := $(if $(filter yes,$(BROWSER)),, and not browser)

test: test-sqlite test-postgres ## all tests, on SQLite and on PostgreSQL

test-sqlite: install .venv/.test chromium
	$(call say,Tests on SQLite)
	@$(PYTEST) -m "not postgres$(WITHOUT_BROWSER)"

test-postgres: install .venv/.test
	$(call say,Tests on PostgreSQL)
	@$(BIN)/python -m tests.postgres $(PYTEST) -m "not sqlite and not browser"

# --- Checking: `make -k check` goes on after the first finding

check: format lint types floors templates migrations ## format, lint, types, imports, templates, migrations

format: .venv/.test
	$(call say,Format)
	@$(BIN)/ruff format --check --quiet .

lint: .venv/.test
	$(call say,Lint)
	@$(BIN)/ruff check --quiet .

types: .venv/.test
	$(call say,Types)
	@$(BIN)/mypy --no-error-summary

floors: .venv/.test .venv/.bartizan
	$(call say,Imports point down)
	@$(BIN)/lint-imports | sed -n '/^Contracts$$/,$$p'; exit $${PIPESTATUS[0]}

templates: .venv/.test
	$(call say,Templates)
	@find bartizan -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --check --target-version 5.2

migrations: install
	$(call say,Migrations)
	@$(BIN)/python -m django makemigrations $(SETTINGS) --check --dry-run

tidy: .venv/.test ## put format and what the linter can mend in order
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format --quiet .
	@find bartizan -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2 || true

# --- Measuring

bench: install .venv/.test ## speed and scale beside what they are compared with: build/bench.json
	@$(BIN)/python -m benchmarks

# --- Upkeep

# npm also writes down where each package asks for money.
define WITHOUT_FUNDING
import json, pathlib
lock = pathlib.Path("package-lock.json")
told = json.loads(lock.read_text())
for package in told["packages"].values():
    package.pop("funding", None)
lock.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
endef
export WITHOUT_FUNDING

lock: $(BIN)/pip ## write the locks anew from requirements/*.in and package.json (UPGRADE=1: newest)
	@$(PIP) -r requirements/dev.txt
	@for lock in $(LOCKS); do \
		echo "  requirements/$$lock.txt"; \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
			--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
			$(if $(UPGRADE),--upgrade) --output-file requirements/$$lock.txt \
			requirements/$$lock.in || exit 1; \
	done
	@npm $(if $(UPGRADE),update,install) --package-lock-only --loglevel error
	@$(BIN)/python -c "$$WITHOUT_FUNDING"
	@! grep -nE '://|^-' requirements/*.txt package-lock.json || { echo "A lock names an address."; exit 1; }

sbom: build/.sbom node_modules/.stamp ## what an installation is made of, as CycloneDX: build/sbom-*.json
	@build/.sbom/bin/cyclonedx-py requirements requirements/main.txt --of JSON -o build/sbom-python.json
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm sbom --sbom-format cyclonedx --package-lock-only --omit dev > build/sbom-browser.json
	@echo "build/sbom-python.json build/sbom-browser.json"

# Apart from .venv: it brings parts that others there would use if they saw them.
build/.sbom: requirements/sbom.txt
	$(call say,What writes the list of parts)
	@$(PYTHON) -m venv --clear $@ && $@/bin/pip $(LOCKED) -r $<
	@touch $@

clean: ## what was made; .venv, node_modules and the data in var stay
	@rm -rf build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	@find bartizan tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
