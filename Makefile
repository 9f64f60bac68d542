# Two commands for a newcomer: make run, make test.
PYTHON ?= python3
BIN := .venv/bin
# Over all cores, in the order that tests/conftest.py gives.
SPREAD := -n auto --dist loadgroup --no-loadscope-reorder

.PHONY: run test lint bench soak shots readme docs lock packages-run packages-test

run: .venv/installed packages-run ## check the example reports, then build and serve the demo county (ARGS=--once: then end)
	@$(BIN)/python scripts/tour.py
	@$(BIN)/gongkai demo $(if $(GONGKAI_RUN_ONCE),--once) $(ARGS)

test: .venv/installed-dev packages-test lint ## lint, all tests on SQLite, those that the engine matters to on PostgreSQL too
	@$(BIN)/pytest $(SPREAD)
	@GONGKAI_TEST_DATABASE=postgresql $(BIN)/pytest $(SPREAD) -m "database and not any_engine and not soak"

lint: .venv/installed-dev ## ruff, mypy --strict, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: .venv/installed-dev ## the speed table
	@$(BIN)/python -m bench

soak: .venv/installed-dev packages-test ## long fuzzing and round trips, and on PostgreSQL what make test leaves to SQLite
	@$(BIN)/pytest -n auto -m soak tests
	@GONGKAI_TEST_DATABASE=postgresql $(BIN)/pytest $(SPREAD) -m "any_engine and not soak"

shots: .venv/installed-dev packages-test ## every page as pictures in out/shots/ (PAGES="words" for some)
	@$(BIN)/python scripts/shots.py $(PAGES)

readme: .venv/installed ## put what the commands say now into the README files
	@$(BIN)/python scripts/readme_output.py

docs: .venv/installed-dev ## renew the pages that are made from code
	@$(BIN)/python -m scripts.law_doc

lock: ## renew the exact, hashed versions
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --extra site --extra cluster pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --extra site --extra cluster pyproject.toml --group dev -o requirements-dev.txt

packages-run packages-test: packages-%:
	@scripts/system-packages $*

.venv/bin/python:
	@$(PYTHON) -m venv .venv || { echo "需要 python3-venv：apt-get install python3-venv"; exit 1; }

.venv/installed: .venv/bin/python requirements.txt pyproject.toml
	@echo "正在安装锁定的依赖……"
	@[ -e .venv/installed-dev ] || $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 2>/dev/null || $(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/installed-dev: .venv/bin/python requirements-dev.txt pyproject.toml
	@echo "正在安装锁定的开发依赖……"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 2>/dev/null || $(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@ .venv/installed
