# HeadsUp. `make run` opens the community space; `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench drill picture lock clean setup-run setup-dev

# Options for the command behind a target: make run ARGS="--fresh", make test ARGS="-k outbox"
ARGS ?=

# Python keeps what it has compiled, whatever the machine is told: each start costs a second or two otherwise, and tests
# start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

# The first Python on this machine that is new enough.
PYTHON ?= $(shell for each in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)

# How many tests at a time. Many wait for a browser or another process: one more than there are cores.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

run: setup-run ## the community space in your browser
	@.venv/bin/headsup run $(ARGS)

test: lint ## lint, then every test
	@.venv/bin/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: setup-dev ## ruff, mypy --strict and the arrows of the house
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache

bench: setup-dev ## how fast, beside raw sqlite3
	@.venv/bin/python -m tests.bench $(ARGS)

drill: setup-dev ## the long tests: large properties, kill -9, months of life
	@HEADSUP_DRILL=1 .venv/bin/python -m pytest -o faulthandler_timeout=0 $(ARGS)

picture: setup-dev ## the picture at the top of the README, anew
	@HEADSUP_PICTURE=1 .venv/bin/python -m pytest -q tests/browser/test_story.py -k picture

# Makes the locks anew. `make lock ARGS=--upgrade` takes the newest of everything; without, what is pinned stays.
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: --generate-hashes \
	--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --group build $(ARGS)
lock: setup-dev ## pin all packages by hash
	@$(LOCK) --extra slack --extra discord --output-file requirements.lock pyproject.toml
	@$(LOCK) --all-extras --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean: ## take away what can be made again (never data/ or keys/)
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup-run setup-dev: setup-%:
	@if [ -z "$(PYTHON)" ]; then \
		echo "HeadsUp needs Python 3.11 or newer, and there is none here yet."; \
		echo "On Debian and Ubuntu: sudo apt install python3 python3-venv. On a Mac: brew install python"; \
		exit 1; fi
	@$(PYTHON) .ci/setup.py $*
