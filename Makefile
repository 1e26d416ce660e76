# make help            what there is
# Everything is installed into .venv, from lock files with checksums. PYTHON=python3.12 make demo  chooses another Python.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_OUT ?= idealfit-demo
PYTEST_ARGS ?=

LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header

.DEFAULT_GOAL := help
.PHONY: help demo test check bench lock clean

help:  ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-8s %s\n", $$1, $$2}'

demo: $(VENV)/.run  ## install into .venv and do the whole job on the packaged real data
	@$(BIN)/idealfit demo --out $(DEMO_OUT)

test: $(VENV)/.test  ## install what tests need and run them
	@$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

check: $(VENV)/.test  ## style, types, and which room may import which
	@$(BIN)/ruff check src tests tools
	@$(BIN)/ruff format --check src tests tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)-bench/.installed  ## compare with other methods (its own environment, a while)
	@OMP_NUM_THREADS=1 $(VENV)-bench/bin/python -m bench

lock: $(VENV)/.uv  ## renew the lock files
	$(LOCK) --upgrade requirements-uv.in -o requirements-uv.lock
	$(LOCK) --upgrade pyproject.toml -o requirements.lock
	$(LOCK) --upgrade pyproject.toml --extra test --extra check -c requirements.lock -o requirements-test.lock
	$(LOCK) --upgrade pyproject.toml bench/requirements.in -o bench/requirements.lock

clean:  ## remove what was installed and built
	rm -rf $(VENV) $(VENV)-bench $(DEMO_OUT) build src/*.egg-info

# Each step leaves a stamp in the environment and runs again only when what it depends on has changed.

$(VENV)/.uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Idealfit needs Python 3.11 or later; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)."; \
	  echo "Install a newer one (https://www.python.org/downloads/) or name one that is there: make demo PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements.lock pyproject.toml
	@test -e $(VENV)/.test || $(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements-uv.lock requirements.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.uv requirements-test.lock pyproject.toml
	@$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements-uv.lock requirements-test.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

$(VENV)-bench/.installed: $(VENV)/.uv bench/requirements.lock pyproject.toml
	@test -x $(VENV)-bench/bin/python || $(PYTHON) -m venv $(VENV)-bench
	@$(BIN)/uv pip sync -q --python $(VENV)-bench/bin/python --require-hashes requirements-uv.lock bench/requirements.lock
	@$(BIN)/uv pip install -q --python $(VENV)-bench/bin/python --no-deps --no-build-isolation -e .
	@touch $@
