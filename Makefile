# Ariane. `make` alone lists what can be asked.

SHELL := /bin/bash
PYTHON := .venv/bin/python
UV_VERSION := 0.13.9
UV := .uv/bin/uv
PORT ?= 8000
WORKERS ?= 2
PYTEST := $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal --no-skips
export PORT MAKECMDGOALS
unexport PYTHONDONTWRITEBYTECODE

LOCK := $(UV) pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --quiet

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-wide test-postgres prove load-data check format bench messages lock shots clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- to use ---------------------------------------------------------------------------------

demo: .venv/app ## start the demo on http://localhost:PORT (8000), with invented people
	@$(PYTHON) manage.py demo

demo-reset: .venv/app ## forget the demo's data; the next start begins afresh
	@$(PYTHON) manage.py demo --reset

load-data: .venv/app ## make a national-size set in the database (DATABASE_URL)
	@$(PYTHON) manage.py load_volume
	@$(PYTHON) manage.py load_answers

# --- to verify ------------------------------------------------------------------------------

test: .venv/dev chromium ## the tests, browser journeys included (6 minutes or so on 2 cores)
	$(PYTEST) -m "not wide"

test-wide: .venv/dev chromium ## those that go through the whole site, play random histories or kill servers
	$(PYTEST) -m wide

test-postgres: .venv/dev ## the database-dependent tests again, on a PostgreSQL started for them
	bin/with-postgresql $(PYTEST) -m database

prove: .venv/dev chromium ## the long proofs (storms, kills, big volumes) at full size, on both databases
	PROOF_SCALE=1 $(PYTEST) -m prove
	PROOF_SCALE=1 PGFSYNC=on bin/with-postgresql $(PYTEST) -m "prove and database"

check: .venv/dev ## linters, types, architecture, migrations, production settings
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	.venv/bin/lint-imports
	$(PYTHON) -m mypy .
	.venv/bin/djlint templates --lint --quiet
	.venv/bin/codespell
	.venv/bin/deptry . --no-ansi
	DJANGO_SETTINGS_MODULE=portal.settings.test $(PYTHON) manage.py makemigrations --check --dry-run
	bin/with-production-sample $(PYTHON) manage.py check --deploy --fail-level WARNING

bench: .venv/dev ## figures: each hot path against its limit measured in the same run
	$(PYTHON) -m bench

shots: .venv/dev chromium ## the screenshots of the README, taken from the demo that runs on PORT
	$(PYTHON) bin/shots

# --- to write -------------------------------------------------------------------------------

format: .venv/dev ## put code in the house's form
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

messages: .venv/dev ## gather the texts to translate (needs gettext), and compile the translations
	$(PYTHON) manage.py makemessages --locale en --no-location --ignore var --ignore .venv
	$(PYTHON) bin/compile-messages

lock: $(UV) ## resolve the dependencies again
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --output-file requirements-dev.lock

clean: ## remove the environment and all that was made (the demo too)
	rm -rf .venv .uv var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- the environment ------------------------------------------------------------------------

$(UV):
	@bin/get-uv $(UV_VERSION)

.venv/app: requirements.lock $(UV)
	@bin/sync $@ requirements.lock

.venv/dev: requirements-dev.lock $(UV)
	@bin/sync $@ requirements-dev.lock

.PHONY: chromium
chromium:
	@bin/get-chromium
