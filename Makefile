# Everything here does its own set-up: a machine with Python 3.11 or newer and make is enough.

lang ?= es
name ?= imports
bin := .venv/bin
ready := .venv/.ready

.PHONY: demo test lint types bench lock clean

demo: $(ready)
	@$(bin)/cxmethod demo --language $(lang)

test: $(ready)
	$(bin)/pytest -n auto

lint: $(ready)
	$(bin)/ruff check
	$(bin)/ruff format --check

types: $(ready)
	$(bin)/mypy

# make bench name=routes arguments="--pm4py PYTHON": benchmarks/README.md says what each measures and needs.
bench: $(ready)
	@$(bin)/python benchmarks/$(name).py $(arguments)

# uv is needed for this alone, so it is no dependency; an index set on this machine is not written down.
lock: $(ready)
	$(bin)/python -m pip install --quiet uv
	$(bin)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements.lock

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is younger than the lock once all is installed; a changed lock is installed anew.
$(ready): requirements.lock pyproject.toml
	@test -x $(bin)/python || { \
		for python in python3 python3.14 python3.13 python3.12 python3.11 none; do \
			$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
		done; \
		test $$python != none || { echo "Python 3.11 or newer is needed, and was not found."; exit 1; }; \
		echo "Making .venv with $$($$python --version)"; \
		$$python -m venv .venv || { \
			rm -rf .venv; \
			echo "$$python cannot make virtual environments. Install its venv module (python3-venv in Debian)."; \
			exit 1; \
		}; \
	}
	@echo "Installing what the workbook needs (some minutes the first time)"
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(ready)
