# `make demo` and `make test` are all that a newcomer needs; both set up .venv by themselves.
PYTHON ?= python3
PORT ?= 3000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
.DEFAULT_GOAL := help
.PHONY: help setup demo test bench lint format lock clean

help: ## show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

# The stamps are newer than the lock files, or the environment is brought up to date.
$(VENV)/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Shortlist needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	@echo 'Setting up $(VENV) ...'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo 'Adding the tools for development ...'
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.run ## set up .venv from the lock files
	@:

demo: setup ## start the sandbox and the bot on http://127.0.0.1:3000 (PORT=4000 for another port)
	@exec $(BIN)/shortlist sandbox --port $(PORT)

test: $(VENV)/.dev lint ## set everything up, check it, run all tests
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup

bench: $(VENV)/.dev ## the bot beside two yardsticks, and a morning of 1,080 digests; writes docs/performance.md, in under five minutes
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.digests

lint: $(VENV)/.dev ## format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.dev ## renew the lock files from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade --output-file requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade --output-file requirements/dev.txt

clean: ## remove .venv and every cache
	rm -rf $(VENV) *.egg-info .coverage .hypothesis .import_linter_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
