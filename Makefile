# Few verbs; each is safe to repeat. `make run` and `make test` set up everything they need.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PYTHON := $(VENV)/bin/python

.PHONY: help run prepare test test-postgres test-opensearch test-opensearch-3 test-all bench soak lint format shell lock audit clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.runtime ## set up and start the site on http://127.0.0.1:8000 (PORT, SAMPLE=0, DATA_DIR …: docs/settings.md)
	@deploy/run

prepare: $(VENV)/.runtime ## set up database, divisions, sample, index, static files; do not start the site
	@$(PYTHON) manage.py prepare

test: $(VENV)/.development ## run all tests, browser tests included
	@deploy/browser-deps
	@$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-postgres: $(VENV)/.development ## all tests that ask the database, but the browser's, on PostgreSQL (a private cluster, made and removed); TEST_MATRIX=all: the others too
	@deploy/with-postgres $(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/browser

test-opensearch: $(VENV)/.development ## the contract of search on one node of OpenSearch, faults on three (a private cluster, made and removed)
	@SEARCH_CONTRACT_ENGINE=archive.search.opensearch deploy/with-opensearch $(PYTHON) -m pytest tests/search/contract
	@SEARCH_SHARDS=3 SEARCH_REPLICAS=1 deploy/with-opensearch -n 3 $(PYTHON) -m pytest tests/search/test_cluster.py

test-opensearch-3: ## the same on OpenSearch 3.8, which needs Java 21 or newer
	@OPENSEARCH_VERSION=3.8.0.0 $(MAKE) --no-print-directory test-opensearch

test-all: $(VENV)/.development ## the long matrix: more examples, every width, theme and language; PostgreSQL; both versions of OpenSearch
	@deploy/browser-deps
	@HYPOTHESIS_PROFILE=long TEST_MATRIX=all $(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder
	@TEST_MATRIX=all $(MAKE) --no-print-directory test-postgres
	@$(MAKE) --no-print-directory test-opensearch
	@if deploy/with-opensearch --finds 3.8.0.0; then $(MAKE) --no-print-directory test-opensearch-3; \
	else echo "OpenSearch 3.8 was not tested: it needs Java 21 or newer, and none was found." >&2; exit 1; fi

bench: $(VENV)/.development ## measure speed and quality, side by side with peers
	@$(PYTHON) -m benchmarks

soak: $(VENV)/.development ## the whole site under load and faults for some minutes: figures, and a failure where anything is lost
	@$(PYTHON) -m benchmarks.soak --seconds $${SECONDS_EACH:-120}

evaluate: $(VENV)/.development ## how well fields are read: right, wrong, unknown by field and damage (needs ../shared)
	@$(PYTHON) -m benchmarks.evaluate

lint: $(VENV)/.development ## ruff and mypy
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

format: $(VENV)/.development ## rewrite the code in the house format
	@$(PYTHON) -m ruff check --fix --quiet .
	@$(PYTHON) -m ruff format --quiet .

shell: $(VENV)/.runtime ## a Django shell
	@$(PYTHON) manage.py shell

lock: ## resolve requirements*.in into the pinned files with hashes
	@test -x $(PYTHON) || python3 -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check pip-tools
	@$(PYTHON) -m piptools compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --output-file requirements.txt requirements.in
	@$(PYTHON) -m piptools compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --output-file requirements-dev.txt requirements-dev.in

audit: $(VENV)/.development ## compare the pinned packages with the published advisories; fails where that could not be done
	@$(PYTHON) deploy/audit.py

clean: ## remove the virtual environment and caches (never var/)
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.runtime: requirements.txt
	@deploy/environment requirements.txt
	@touch $@

$(VENV)/.development: requirements.txt requirements-dev.txt
	@deploy/environment requirements.txt requirements-dev.txt
	@touch $(VENV)/.runtime $@
