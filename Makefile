# env: only the environment   up: the demo district   test, check, soak, bench: see README   lock: renew requirements.lock
.PHONY: env up test check soak bench lock format
.DEFAULT_GOAL := env
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE :=

env:
	@.ci/environment

up: env
	@exec env BIHUAN_SUPERVISED=1 $(BIN)/bihuan up --demo $(if $(PORT),--port $(PORT))

test: env
	$(BIN)/python tools/run_tests.py $(ARGS)

soak: env
	$(BIN)/python -m pytest -m soak $(ARGS)

check: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: env
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: env
	$(BIN)/python -m bench $(ARGS)

lock: env
	$(BIN)/pip-compile --quiet --allow-unsafe --strip-extras --extra dev --generate-hashes \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --no-header \
		--output-file requirements.lock pyproject.toml
