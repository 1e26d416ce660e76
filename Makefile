# make help            what there is
# Everything is installed into .venv, from lock files with checksums. PYTHON=python3.12 make demo  chooses another Python.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_OUT ?= idealfit-demo
PYTEST_ARGS ?=
BENCH_ARGS ?=
UPGRADE ?= --upgrade
MODEL := all-minilm-l6-v2
# The optional groups, all of which the tests run with.
EXTRAS := postgres spark identity meaning watch route server export

UV := $(BIN)/uv --system-certs pip
LOCK := $(UV) compile -q --universal --python-version 3.11 --generate-hashes --no-header

.DEFAULT_GOAL := help
.PHONY: help demo test model check bench lock clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.run model  ## install into .venv and do the whole job on the packaged real data
	@$(BIN)/idealfit demo --out $(DEMO_OUT)

test: $(VENV)/.test model  ## install what tests need and run them
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(PYTEST_ARGS)

model: $(VENV)/.run  ## fetch and check the model that finds companies by meaning, once
	@$(BIN)/idealfit models add $(MODEL) || { \
	  echo; echo "*** NO MODEL: $(MODEL) could not be fetched (offline?). Everything works but finding by meaning:"; \
	  echo "*** idealfit match ranks by words alone, and says so. Later: $(BIN)/idealfit models add $(MODEL)"; echo; }

check: $(VENV)/.test  ## style, types, and which room may import which
	@wrong=0; \
	$(BIN)/ruff check src tests tools || wrong=1; \
	$(BIN)/ruff format --check src tests tools || wrong=1; \
	$(BIN)/mypy || wrong=1; \
	$(BIN)/lint-imports || wrong=1; \
	exit $$wrong

bench: $(VENV)-bench/.installed  ## compare with other methods (its own environment, an hour; BENCH_ARGS=--quick: minutes)
	@OMP_NUM_THREADS=1 $(VENV)-bench/bin/python -m bench $(BENCH_ARGS)

lock: $(VENV)/.uv  ## renew the lock files (UPGRADE= keeps the versions that still fit)
	$(LOCK) $(UPGRADE) requirements-uv.in -o requirements-uv.lock
	$(LOCK) $(UPGRADE) pyproject.toml --extra meaning -o requirements.lock
	$(LOCK) $(UPGRADE) pyproject.toml $(EXTRAS:%=--extra %) --extra test --extra check -c requirements.lock -o requirements-test.lock
	$(LOCK) $(UPGRADE) pyproject.toml $(EXTRAS:%=--extra %) bench/requirements.in -o bench/requirements.lock

clean:  ## remove what was installed and built
	rm -rf $(VENV) $(VENV)-bench $(DEMO_OUT) build src/*.egg-info

# uv is quick; where it cannot reach the packages the way this machine is set up to, pip, which knows, takes over.
install = $(UV) sync -q --python $(1)/bin/python --require-hashes requirements-uv.lock $(2) \
	|| $(1)/bin/python -m pip install -q --require-hashes -r requirements-uv.lock -r $(2)
install_project = $(UV) install -q --python $(1)/bin/python --no-deps --no-build-isolation -e .

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
	@test -e $(VENV)/.test || $(call install,$(VENV),requirements.lock)
	@$(call install_project,$(VENV))
	@touch $@

$(VENV)/.test: $(VENV)/.uv requirements-test.lock pyproject.toml
	@$(call install,$(VENV),requirements-test.lock)
	@$(call install_project,$(VENV))
	@touch $@ $(VENV)/.run

$(VENV)-bench/.installed: $(VENV)/.uv bench/requirements.lock pyproject.toml
	@test -x $(VENV)-bench/bin/python || $(PYTHON) -m venv $(VENV)-bench
	@$(call install,$(VENV)-bench,bench/requirements.lock)
	@$(call install_project,$(VENV)-bench)
	@touch $@
