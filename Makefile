# Everything runs in .venv, which is made here and nowhere else. `make help` lists what there is.

SHELL := /bin/sh
BIN := .venv/bin
STAMP := .venv/.installed
ARGS ?=

# What is started many times is compiled once, also where the environment says otherwise.
unexport PYTHONDONTWRITEBYTECODE

# A folder that was copied or moved holds scripts that point to its old place: install them anew.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif

.PHONY: help demo sefton test schemas faults mutants lint format docs bench mutation lock clean
.DEFAULT_GOAL := help

help: ## Show this list
	@echo "Duecare keeps the dates that councils owe to children in their care."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "Needs Python 3.11 or later (PYTHON=/path/to/python to choose one). Uses its own PostgreSQL,"
	@echo "or the one that DATABASE_URL names (PostgreSQL 15 or later)."

demo: $(STAMP) ## Try it: a made-up council, three services, breaches arriving (ARGS=--once: check and stop)
	@$(BIN)/duecare demo $(ARGS)

sefton: $(STAMP) ## Play Sefton's year 2020-21 through the API, and compare its report's figures (a few minutes)
	@$(BIN)/duecare demo-year $(ARGS)

test: $(STAMP) ## Run every test, on real PostgreSQL (ARGS=tests/db for some of them)
	@$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

schemas: $(STAMP) ## Ask the three services whether they do what their documents say (ARGS=--long: for an hour)
	@$(BIN)/python -m tests.schemas $(ARGS)

lint: $(STAMP) ## Check style, types and the direction of imports
	@echo "Style ..." && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "Types ..." && $(BIN)/mypy --strict services shared docs/examples
	@echo "Imports ..." && $(BIN)/lint-imports

format: $(STAMP) ## Put the code in its usual form
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

docs: $(STAMP) ## Make anew the pages that come from the catalogue, the ladder, the tables of states and the events
	@$(BIN)/duecare timescales docs --overlay sefton --out docs/timescales.md
	@$(BIN)/duecare states --out docs/states.md
	@$(BIN)/duecare ladder --overlay sefton --out docs/ladder.md
	@$(BIN)/duecare events --out docs/asyncapi.json --page docs/events.md

bench: $(STAMP) ## Measure the speeds, as ratios, into bench/results.md
	@$(BIN)/python -m bench $(ARGS)

faults: $(STAMP) ## Kill, cut, hang and flood at full size, and simulate a hundred years (about 14 minutes)
	@$(BIN)/python -m tests.faults $(ARGS)

mutants: $(STAMP) ## Plant bugs in copies of the project, one at a time: each must turn tests red (some minutes)
	@$(BIN)/python -m tests.mutants $(ARGS)

mutation: $(STAMP) ## Break the engine in small ways, and list what no test noticed (about 20 minutes)
	@nice $(BIN)/mutmut run --max-children 1 && $(BIN)/mutmut results

lock: ## Choose the newest versions again: requirements/run.lock and dev.lock
	@$(find_python); "$$python" -m venv .venv-lock
	@echo "Fetching uv ..." && .venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@echo "Locking what runs ..." && $(compile) pyproject.toml --output-file requirements/run.lock
	@echo "Locking what develops ..." && $(compile) pyproject.toml --extra dev --output-file requirements/dev.lock
	@rm -rf .venv-lock

clean: ## Remove what can be made again (not .duecare, which holds the demonstration's data)
	@rm -rf .venv .venv-lock .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .schemathesis mutants dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements/dev.lock pyproject.toml
	@$(find_python); $(make_venv)
	@echo "Installing into .venv (the first time takes about a minute):"
	@$(call pip,--require-hashes -r requirements/dev.lock)
	@$(call pip,--no-deps --no-build-isolation -e .)
	@printf '%s\n' "$(CURDIR)" > $(STAMP)

# Sets $python to the first Python that is recent enough and able to make a virtual environment.
define find_python
python=; old=; for one in $(if $(PYTHON),"$(PYTHON)") python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; old=$$one; \
	"$$one" -c 'import ensurepip, venv' 2>/dev/null || continue; python=$$one; break; done; \
if [ -z "$$python" ] && [ -n "$$old" ]; then echo "Python's venv module is missing: install it (Debian, Ubuntu: apt-get install python3-venv)." >&2; exit 1; fi; \
if [ -z "$$python" ]; then echo "Python 3.11 or later is needed and none was found: install it, or say where it is with PYTHON=/path/to/python." >&2; exit 1; fi
endef

# Keeps a .venv that works; anything else in its place is made anew.
define make_venv
if ! $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	echo "Making .venv with $$("$$python" --version) ..."; "$$python" -m venv --clear .venv; fi
endef

# Installs, counting packages as they come; says everything only when it fails.
define pip
{ $(BIN)/python -m pip install --disable-pip-version-check --no-input --progress-bar off $(1) 2>&1; echo "exit $$?"; } | \
awk '/^exit [0-9]+$$/ { code = $$2; next } { said = said $$0 "\n" } \
	/^(Collecting|Requirement already)/ { if (++n % 10 == 0) { print "  " n " packages ..."; fflush() } } \
	/^Installing collected/ && n { print "  " n " packages fetched, unpacking ..."; fflush() } \
	END { if (code) printf "%s", said; exit code }'
endef

compile = .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
