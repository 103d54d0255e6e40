# `make` alone lists the commands. Everything stands in .venv and var; `make clean` takes both away.

PYTHON ?= python3
PORT ?= 8000
AT ?= scoring
BIN := .venv/bin
RUN := LONGLEAF_DEMO=yes LONGLEAF_VAR=$(CURDIR)/var/demo LONGLEAF_PUBLIC_URL=http://localhost:$(PORT)

.PHONY: help demo front-end peers test check format bench screenshots lock clean

help: ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ See it

demo: .venv/demo-ready front-end ## Fill a database with synthetic people and serve it (PORT=8000, AT=scoring)
	@$(RUN) $(BIN)/longleaf demo --at $(AT) --announce var/demo.json
	@$(RUN) $(BIN)/longleaf serve --port $(PORT)

##@ Work on it

test: .venv/dev-ready front-end peers ## Run every test that this machine can run
	@$(BIN)/python tools/test.py

check: .venv/dev-ready front-end ## Format, lint, types, floors, templates, migrations
	@$(BIN)/python tools/check.py

format: .venv/dev-ready ## Put the code into its format
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

bench: .venv/dev-ready front-end peers ## Measure pages, badges beside others' libraries, assignment, a whole state, and raters
	@$(BIN)/python tools/bench.py

screenshots: .venv/dev-ready front-end ## Walk the journey in a browser and keep a picture of every page in var/screenshots
	@$(BIN)/pytest tests/journeys -q -m browser

##@ Look after it

front-end: .venv/demo-ready ## Compile styles and scripts (nothing to do when nothing changed)
	@$(BIN)/python front-end/build.py

peers: .venv/dev-ready ## Install the verifiers of others that tests and bench hold ours against
	@$(BIN)/python front-end/build.py --only-install tests/peers

lock: .venv/demo-ready ## Lock the dependencies anew, with hashes and without addresses
	@$(BIN)/python tools/lock.py

clean: ## Remove the environment, the databases and what was compiled
	rm -rf .venv var front-end/node_modules tests/peers/node_modules src/longleaf/kit/static/kit/built src/*.egg-info

# --- The environment, made once and again when a lock file changes ---------------------------------------------------

.venv/bin/uv: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit("Longleaf needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv || { echo "Install Debian's python3-venv, then run make again."; exit 1; }
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

.venv/demo-ready: .venv/bin/uv requirements/demo.txt pyproject.toml
	@test -e .venv/dev-ready || $(BIN)/uv pip sync -q --require-hashes requirements/demo.txt requirements/tools.txt
	@test ! -e .venv/dev-ready || $(BIN)/uv pip sync -q --require-hashes requirements/dev.txt requirements/tools.txt
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev-ready: .venv/bin/uv requirements/dev.txt pyproject.toml
	@$(BIN)/uv pip sync -q --require-hashes requirements/dev.txt requirements/tools.txt
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	@touch $@ .venv/demo-ready
