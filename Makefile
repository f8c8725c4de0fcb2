PYTHON ?= python3
PORT ?= 8501
UV = uv==0.13.9
BIN = .venv/bin
INSTALL = $(BIN)/uv pip install --quiet --no-deps --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run test check bench format lock clean

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

run: .venv/runtime ## open the chat on http://localhost:8501 (PORT=… for another port)
	@$(BIN)/python -m assistant serve --port $(PORT)

test: check ## run every check and every test
	@$(BIN)/pytest

check: .venv/development ## lint, types, architecture
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/pyright
	@$(BIN)/lint-imports --no-logo

bench: .venv/development ## measure the speed, as ratios to a bare baseline
	@$(BIN)/python -m bench

format: .venv/development ## format the code
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

lock: .venv/uv ## resolve the dependencies anew: pyproject.toml -> requirements.lock -> requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-find-links --no-header \
		pyproject.toml --group dev --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-find-links --no-header --no-annotate \
		pyproject.toml --constraint requirements.lock --output-file requirements.txt

clean: ## remove the environment, the knowledge store and caches (versions and added documents stay)
	@rm -rf .venv var/*/knowledge/store .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# --no-deps: the lock is complete; what it leaves out on purpose must not come back.
.venv/runtime: .venv/uv requirements.txt requirements.lock
	@echo "正在安装依赖……"
	@$(INSTALL) --requirement requirements.txt --constraint requirements.lock
	@touch $@

.venv/development: .venv/uv requirements.lock
	@echo "正在安装开发依赖……"
	@$(INSTALL) --requirement requirements.lock
	@touch $@ .venv/runtime

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本，可用 make PYTHON=python3.12 指定"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV)
	@touch $@
