# What can be done with a checkout, each in one word. Needs make and Python 3.11 or newer; pip fetches the rest.
# Another Python: make demo PYTHON=python3.13
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
AS_OF := 2026-06-30
SETUP := setup.cfg pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help demo test lint format neo4j neo4j-stop docs screenshots bench bench-view bench-neo4j clean
.DELETE_ON_ERROR:

help: ## say what can be done
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

demo: $(VENV)/.html ## check the harbour alliance, a sample, print its report and write its view
	@$(BIN)/graphalign check samples/harbour-alliance.xlsx --as-of $(AS_OF)
	@mkdir -p build
	@$(BIN)/graphalign view samples/harbour-alliance.xlsx --as-of $(AS_OF) -o build/harbour-alliance.html --no-open 2>&1 \
	  | sed 's|^build/|the view, to open in a browser: $(CURDIR)/build/|'

test: $(VENV)/.test $(VENV)/.chromium ## run the tests
	@[ -n "$$NEO4J_URI" ] || $(PYTHON) tools/neo4j_server.py fetch
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup $(ARGS)

lint: $(VENV)/.lint $(VENV)/.typescript ## check style, types (the view's script too) and the direction of imports
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(VENV)/typescript/node_modules/.bin/tsc -p tools/typescript

format: $(VENV)/.lint ## set the code's layout and mend what ruff can mend
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

neo4j: ## start a real Neo4j on this machine alone, in the background; say how to connect
	@$(PYTHON) tools/neo4j_server.py start $(ARGS)

neo4j-stop: ## stop it
	@$(PYTHON) tools/neo4j_server.py stop

docs: $(VENV)/.test ## write what is generated: docs/rules.md, docs/settings.md, blocks of README.md
	@$(BIN)/python tools/generate_docs.py

screenshots: $(VENV)/.test $(VENV)/.chromium ## make the pictures in docs/pictures
	@$(BIN)/python tools/screenshots.py

bench: $(VENV)/.core ## measure, and write docs/performance.md
	@$(BIN)/python -m benchmarks

bench-view: $(VENV)/.test $(VENV)/.chromium ## measure writing, opening, redrawing and selecting in the view
	@$(BIN)/python -m benchmarks.view

bench-neo4j: $(VENV)/.test ## measure push, rules and checks in Neo4j; write their part of docs/performance.md
	@$(PYTHON) tools/neo4j_server.py fetch
	@$(BIN)/python -m benchmarks.store $(ARGS)

clean: ## remove what was made here
	rm -rf $(VENV) build dist graphalign.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than setup.cfg once what that names is installed, so that a second run starts at once.
$(VENV)/.core: $(SETUP)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: Python 3.11 or newer is needed; name one with PYTHON=..." >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); \
	  $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null; \
	  else echo "make: Python's venv module is missing; run: sudo apt-get install python3-venv" >&2; exit 1; fi; \
	  $(PYTHON) -m venv $(VENV); }
	@echo "installing into $(VENV) ..." >&2
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.html: $(VENV)/.core
	@$(PIP) install --editable '.[html]'
	@touch $@

$(VENV)/.test: $(VENV)/.core
	@$(PIP) install --editable '.[test]'
	@touch $@

$(VENV)/.lint: $(VENV)/.test
	@$(PIP) install --editable '.[test,lint]'
	@touch $@

# What pip does not bring. The browser that the view is tested in: Debian's, or the one that CHROMIUM names.
$(VENV)/.chromium: $(VENV)/.core
	@[ -x "$${CHROMIUM:-/usr/bin/chromium}" ] || $(call apt,chromium fonts-dejavu-core,a browser)
	@touch $@

# TypeScript checks the types of the view's script; its version and hash are in tools/typescript/package-lock.json.
$(VENV)/.typescript: $(VENV)/.core tools/typescript/package-lock.json
	@command -v npm >/dev/null || $(call apt,nodejs npm,npm)
	@mkdir -p $(VENV)/typescript && cp tools/typescript/package.json tools/typescript/package-lock.json $(VENV)/typescript
	@npm ci --prefix $(VENV)/typescript --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# $(call apt,packages,what is missing): by apt where that is allowed, else say how.
define apt
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then echo "installing $(1) ..." >&2; apt-get update -qq && \
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
else echo "make: $(2) is missing; run: sudo apt-get install $(1)" >&2; exit 1; fi
endef
