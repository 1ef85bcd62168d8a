# Two commands are enough: `make run` and `make test`. `make` alone lists the rest.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
PORT ?= 3000
HOST ?= 127.0.0.1

VENV := .venv
PY := $(VENV)/bin/python
RUNTIME := $(VENV)/requirements.lock
TOOLS := $(VENV)/requirements-dev.lock
PIP := $(PY) -m pip install -qq --disable-pip-version-check --require-hashes --no-deps

# From PyPI alone, whatever this machine prefers; no index is named in the result.
COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= $(VENV)/bin/pip-compile --quiet --generate-hashes --allow-unsafe \
	--strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
define DEV
import tomllib
project = tomllib.load(open("pyproject.toml", "rb"))
print("-c requirements.lock", *project["dependency-groups"]["dev"], sep="\n")
endef
export DEV

.DEFAULT_GOAL := help
.PHONY: help run dev test chaos check bench look demo migrate revision lock browser

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) ## Start everything and serve it at http://localhost:3000 (PORT=… for another)
	@$(PY) -m gynergy_app run --host $(HOST) --port $(PORT)

dev: $(RUNTIME) ## The same, following changes in the sources
	@$(PY) -m gynergy_app run --host $(HOST) --port $(PORT) --reload

test: $(TOOLS) browser ## Run every test, the browser journeys included
	@CHROMIUM_PATH="$$(cat $(VENV)/browser)" $(PY) -m pytest -n 2 --dist worksteal

chaos: $(TOOLS) ## Play a thousand stories about money in which everything goes wrong on the way
	@$(PY) -m tests.chaos

check: $(TOOLS) ## Lint, types, import contracts, migrations there and back, a build without deprecations
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m pyright
	@$(VENV)/bin/lint-imports
	@$(PY) -m tests.checks.migrations
	@$(PY) -m tests.checks.build

bench: $(TOOLS) ## Measure what the product promises, as ratios
	@$(PY) -m tests.bench

look: $(TOOLS) browser ## Photograph every page as every demo person into var/look/
	@CHROMIUM_PATH="$$(cat $(VENV)/browser)" $(PY) -m tests.look

demo: $(RUNTIME) ## Load the demo people again, their days counted from today (while `make run` is running)
	@$(PY) -m gynergy_app demo

migrate: $(RUNTIME) ## Bring the database that settings name to the newest revision
	@$(PY) -m gynergy_app migrate

revision: $(TOOLS) ## Write a revision from what changed in models/: make revision m="Let members …"
	@$(PY) -m alembic revision --autogenerate -m "$(m)"

lock: $(TOOLS) ## Resolve every dependency anew and write the lock files, Python's and npm's
	@$(COMPILE) --output-file requirements.lock pyproject.toml
	@$(PY) -c "$$DEV" | $(COMPILE) --output-file requirements-dev.lock -
	@rm -rf reflex.lock .web && $(PY) -m gynergy_app build

browser: $(TOOLS)
	@$(PY) -m tests.checks.browser > $(VENV)/browser

# The stamps are copies of the locks: an install is repeated exactly when its lock has changed.
$(RUNTIME): requirements.lock | $(PY)
	@cmp -s $< $@ || { echo "Installing the Python packages."; $(PIP) -r $<; }
	@cp $< $@

$(TOOLS): requirements-dev.lock $(RUNTIME)
	@cmp -s $< $@ || { echo "Installing the tools for tests and checks."; $(PIP) -r $<; }
	@cp $< $@

$(PY):
	@test -n "$(PYTHON)" || { echo "GYNERGY needs Python 3.11 or newer, with venv (on Debian: apt install python3-venv)."; exit 1; }
	@"$(PYTHON)" -m venv $(VENV)
