# Everything runs in .venv, made from constraints.txt by PYTHON, as in: PYTHON=python3.12 make setup
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXECUTE := $(BIN)/jupyter-nbconvert --log-level=WARN --to notebook --execute \
	--ExecutePreprocessor.record_timing=False --ExecutePreprocessor.kernel_name=python3
# Two processes; the tests of a file share what they need, and the cells of a notebook its kernel.
ON_TWO := -p xdist -n 2 --dist loadfile

# Compiled modules are kept, or every process would compile the package again.
unexport PYTHONDONTWRITEBYTECODE
# No debugger is attached to the kernels, so they need no warning about it.
export PYDEVD_DISABLE_FILE_VALIDATION = 1

# The libraries' types are written for the Python that they are installed for.
INSTALLED_FOR = $(shell $(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')

.DEFAULT_GOAL := help
.PHONY: help setup figures lab check test browser bench notebooks constraints clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.setup  ## create .venv with the kit and JupyterLab

figures: $(VENV)/.setup  ## run every notebook into build/notebooks, figures into build/figures
	$(EXECUTE) --output-dir build/notebooks notebooks/*.ipynb
	$(BIN)/jupyter-nbconvert --log-level=ERROR --to html build/notebooks/*.ipynb

lab: $(VENV)/.setup  ## open JupyterLab
	$(BIN)/jupyter-lab

check: $(VENV)/.setup-dev  ## lint, format, types and the order of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --python-version $(INSTALLED_FOR)
	$(BIN)/lint-imports

test: check  ## check, run the tests, run the notebooks and compare their outputs
	$(BIN)/pytest $(ON_TWO)
	$(BIN)/pytest $(ON_TWO) -p nbval --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg notebooks

browser: $(VENV)/.setup-dev  ## try the widgets in JupyterLab in a browser (needs Chromium), screenshots into build/browser
	$(BIN)/pytest -m browser tests/browser

bench: $(VENV)/.setup-dev  ## measure how fast documents are read; see tests/benchmarks/README.md
	$(BIN)/python tests/benchmarks/bench_reading.py

notebooks: $(VENV)/.setup  ## run every notebook and save its outputs in place
	$(EXECUTE) --inplace notebooks/*.ipynb

constraints: | $(BIN)/pip  ## lock again after a change of pyproject.toml; delete constraints.txt first for newer versions
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --all-extras \
		pyproject.toml --output-file constraints.txt

clean:  ## remove .venv and everything that was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.setup: pyproject.toml constraints.txt | $(BIN)/pip
	$(call install,notebooks)
	@touch $@

$(VENV)/.setup-dev: $(VENV)/.setup
	$(call install,dev)
	@touch $@

# A .venv without pip was broken off while it was made.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "govreport_kit needs Python 3.11 or newer, but $(PYTHON) is: `$(PYTHON) --version 2>&1`"; \
		echo "Name a newer one, as in: PYTHON=python3.12 make setup"; exit 1; } >&2
	$(PYTHON) -m venv --clear $(VENV)

# uv needs a quarter of pip's time; where it cannot be had, pip does the same.
define install
	$(BIN)/pip install --quiet uv && \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode -c constraints.txt -e '.[$(1)]' || \
	$(BIN)/pip install --quiet -c constraints.txt -e '.[$(1)]'
endef
