# Vejviser: `make serve` and `make test` do all the set-up. Needs Python 3.10 and its venv module; nothing else
# (Node, for the pages, is taken from the system or installed into .venv).
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
MODULES := web/node_modules/.installed
WEB := web/dist/.built
LINTERS := $(VENV)/lint/.installed
WEB_SOURCES := $(shell find web/src -type f 2>/dev/null) $(wildcard web/*.ts)
export RASA_TELEMETRY_ENABLED = false
export TF_CPP_MIN_LOG_LEVEL = 3
export PYTHONWARNINGS = ignore

# A recipe line that starts with $(NODE) runs in web/ with node and npm on the path.
NODE = folder="$$(bash tools/find-node)" && cd web && PATH="$$folder:$$PATH"

.PHONY: serve web test train check lint bench soak audit lock clean help

help:            ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

serve: $(STAMP) $(WEB)  ## set up what is missing, then serve on http://127.0.0.1:8080 (VEJVISER_HOST, VEJVISER_PORT)
	@$(VENV)/bin/vejviser serve

web: $(WEB)       ## build the pages and the chat widget

test: $(STAMP) $(WEB) $(LINTERS)   ## lint, check the catalogue and the types, run all tests
	@$(VENV)/bin/ruff check .
	@$(NODE) npm run --silent check
	@$(NODE) npm test --silent
	@$(VENV)/bin/vejviser catalogue check
	@$(VENV)/bin/vejviser prepare
	@$(PY) -m pytest -q -rs

train: $(STAMP)  ## train the model anew
	@$(VENV)/bin/vejviser train

check: $(STAMP)  ## check the catalogue; with VEJVISER_SOURCES also account for every line of the documents
	@$(VENV)/bin/vejviser catalogue check
	@if [ -n "$$VEJVISER_SOURCES" ]; then $(VENV)/bin/vejviser catalogue account; fi

lint: $(STAMP)   ## ruff
	@$(VENV)/bin/ruff check .

bench: $(STAMP)  ## this service, stock Rasa and nlp.js side by side into bench/RESULTS.md (BENCH="--quick" to try it)
	@$(PY) -m bench --node "$$(bash tools/find-node)" $(BENCH)

soak: $(STAMP)   ## twenty conversations at the same time for half an hour (VEJVISER_SOAK_MINUTES) into bench/SOAK.md: memory flat, no error
	@VEJVISER_SOAK_MINUTES="$${VEJVISER_SOAK_MINUTES:-30}" VEJVISER_SOAK_REPORT=bench/SOAK.md $(PY) -m pytest -q -s tests/reliability/test_soak.py

audit:           ## known vulnerabilities of the locked packages, except those that docs/security.md explains (needs the network)
	@bash tools/audit

lock:            ## resolve requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --generate-hashes --python-version 3.10 --no-emit-index-url --no-header --no-annotate -o requirements.lock

clean:           ## remove what was built; the next `make` sets up again
	rm -rf $(VENV) .audit models .rasa .vejviser web/dist web/node_modules

$(STAMP): requirements.lock pyproject.toml .python-version
	@PYTHON="$$(bash tools/find-python)" && \
	  echo "1/3 environment in $(VENV) with $$PYTHON" && "$$PYTHON" -m venv $(VENV)
	@echo "2/3 installing the pinned packages (a few minutes the first time)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@echo "3/3 installing vejviser itself"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(LINTERS): deploy/lint-requirements.lock | $(STAMP)
	@echo "linters of deploy/, in an environment of their own"
	@$(PY) -m venv $(VENV)/lint
	@$(VENV)/lint/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r deploy/lint-requirements.lock
	@touch $@

$(MODULES): web/package.json web/package-lock.json web/.npmrc | $(STAMP)
	@echo "web 1/2: installing the pinned packages"
	@$(NODE) npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(WEB): $(MODULES) $(WEB_SOURCES)
	@echo "web 2/2: building the pages and the chat widget"
	@$(NODE) npm run --silent build
	@touch $@
