# Everything there is to remember: make demo, make test, make lint, make bench, make docs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q
.DEFAULT_GOAL := help
.PHONY: help demo test test-fast test-spark test-postgres test-browser lint docs bench catalogue golden lock patches sbom clean

help:            ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Otklik needs Python 3.11 or newer; try: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Otklik needs into $(VENV) (about a minute) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "Installing what its tests need ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.spark: $(VENV)/.dev requirements-spark.lock
	@$(PIP) install --require-hashes -r requirements-spark.lock
	@touch $@

demo: $(VENV)/.run   ## Simulate a company, write its report, show the command for your own file
	@$(BIN)/otklik demo

test: $(VENV)/.dev   ## All tests; browser and Spark tests say so when they are left out
	@$(BIN)/python -m pytest -n 2 -m "not spark"

test-fast: $(VENV)/.dev   ## The tests that take seconds
	@$(BIN)/python -m pytest -n 2 -m "not spark and not slow and not browser"

test-spark: $(VENV)/.spark   ## The same measures on Spark (needs Java)
	@$(BIN)/python -m pytest -m spark

test-postgres: $(VENV)/.dev   ## The web on a real PostgreSQL (needs its server programs)
	@url=$$(tools/postgres.sh start /tmp/otklik-postgres 15433) && \
	  (DATABASE_URL=$$url $(BIN)/python -m pytest -n 2 -m "not spark and not browser and not slow" tests/web; \
	   code=$$?; tools/postgres.sh stop /tmp/otklik-postgres; exit $$code)

lint: $(VENV)/.dev   ## Style, types, import contracts, words
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tools.catalogue --check

docs: $(VENV)/.dev   ## Make the generated parts of the documentation anew and check its links
	@$(BIN)/python -m tools.documentation

catalogue: $(VENV)/.dev   ## Compile the words (locale/)
	@$(BIN)/python -m tools.catalogue

bench: $(VENV)/.dev   ## Speed and memory side by side with peers and the floor (takes minutes)
	@$(BIN)/python -m bench

sbom: $(VENV)/.dev   ## List what the product is made of, with hashes and licences (build/otklik.cdx.json)
	@$(BIN)/python -m tools.bill_of_materials

patches: $(VENV)/.dev   ## Which locked packages have a newer patch (asks the registry)
	@$(BIN)/python -m tools.patches

lock: $(VENV)/.dev   ## Resolve the dependencies anew
	@$(BIN)/python -m tools.lock

clean:           ## Remove what make made
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache
