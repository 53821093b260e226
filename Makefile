# `make demo` and `make test` need nothing but Python 3.11, make and git.

# The system’s own first: its packages are built with profile-guided optimisation, and plain Python
# runs a third quicker in it than in one that was compiled without (the tests: a tenth).
PYTHON ?= $(firstword $(shell for p in /usr/bin/python3.11 /usr/bin/python3.12 /usr/bin/python3.13 python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null && $$p -c 'import ensurepip, venv' 2>/dev/null && command -v $$p; done))
BIN := .venv/bin
STAMPS := .make
FRONTEND := $(wildcard package.json package-lock.json onroll/govuk/build.mjs) $(shell find onroll/govuk/static_src -type f 2>/dev/null)

.PHONY: help setup demo test rules tables coverage check fix bench fuzz kill flood model docs lock browser scanner spark

help:
	@echo "make demo    everything from nothing, then the service with a made-up borough"
	@echo "make test    everything from nothing, then every check and test"
	@echo "make coverage  which lines and branches the tests reach"
	@echo "make spark   the extra for linking the lists of a whole country (500 MB), and its tests"
	@echo "make kill    kill parts of a running service N=100 times, and count what was lost"
	@echo "make flood   flood the public form from one address, and count where each form went"
	@echo "make fuzz    odd files, lists, addresses and forms, for an hour and more"
	@echo "make setup | check | fix | bench | model | docs | lock"

setup: $(STAMPS)/python $(STAMPS)/assets

demo: setup
	$(BIN)/onroll demo

# How many tests run at once: `make test WORKERS=3`. By itself as many as there are processors.
WORKERS ?= auto
AT_ONCE = --numprocesses $(WORKERS) --dist worksteal

# The checks and the rules first, side by side: what they find ends the run in a minute. Whichever
# ends sooner leaves its processor to the tables, for which all other tests would wait.
RULES := tests/rules tests/test_house.py
test: setup browser scanner
	+$(MAKE) --no-print-directory --jobs=2 check rules tables
	$(BIN)/pytest $(AT_ONCE) $(RULES:%=--ignore=%)

# Each line and branch of the law is reached.
rules: setup
	$(BIN)/pytest $(RULES) --cov=onroll.rules --cov-fail-under=100

# The database that the tests begin with, unless it is there from a run before.
tables: setup
	$(BIN)/python -m tests.database

# Which lines and branches of the whole package the tests reach. What runs in other processes is not
# measured: tests that mostly run some, or open pages that others open too, are left out. The rest
# takes about twice as long as without.
ELSEWHERE := tests/bench tests/intake/test_killed.py tests/browser/test_production.py tests/browser/test_every_page.py
coverage: setup browser scanner
	$(BIN)/pytest $(AT_ONCE) $(ELSEWHERE:%=--ignore=%) --cov --cov-report=term:skip-covered

# What can be said without running the program; changes nothing.
check: export ONROLL_MODE = test
check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djlint --lint --quiet onroll
	$(BIN)/lint-imports --verbose
	$(BIN)/codespell onroll tests docs *.md
	$(BIN)/mypy
	$(BIN)/onroll manage makemigrations --check --dry-run

fix: setup
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup
	$(BIN)/python -m bench

# Odd files, lists, addresses and forms, a hundred times as many as in `make test` (an hour and more).
fuzz: setup
	$(BIN)/pytest --hypothesis-profile=fuzz tests/fuzz

# Kill parts of a running service N times under load, and count what was lost (about ten minutes for 100).
# WALK=referral kills while people refer, and the hub hands over and the lead officer accepts.
# WALK=enquiry kills while officers record, chase and answer enquiries.
kill: setup
	$(BIN)/python -m bench.kill --kills $(or $(N),100) --walk $(or $(WALK),notes)

# Send a thousand forms from one address in a minute, and twenty from others (about two minutes).
flood: setup
	$(BIN)/python -m bench.flood

# The matcher's weights, from fixed seeds: lists to train on, Splink, and the curve of probabilities.
model: setup
	@mkdir -p $(STAMPS)/training
	$(BIN)/python -m bench.linking.training $(STAMPS)/training
	$(BIN)/python -m onroll.matching.training.train $(STAMPS)/training/left.parquet $(STAMPS)/training/right.parquet \
		--out onroll/matching/model.toml
	$(BIN)/python -m bench.linking.calibrate

# Not part of `make test`: few need it, and it brings a Java of its own.
spark: $(STAMPS)/spark
	$(BIN)/pytest tests/spark/same_answers.py

docs: setup
	$(BIN)/onroll docs

# Choose the newest allowed versions again and write down their hashes (needs uv).
lock:
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-strip-extras \
		--no-emit-index-url --no-header pyproject.toml --output-file requirements/base.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-strip-extras \
		--no-emit-index-url --no-header --group dev --constraints requirements/base.txt \
		--output-file requirements/dev.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-strip-extras \
		--no-emit-index-url --no-header --extra spark --constraints requirements/base.txt \
		--constraints requirements/dev.txt pyproject.toml --output-file requirements/spark.txt

$(STAMPS)/python: requirements/base.txt requirements/dev.txt pyproject.toml CHANGELOG.md
	@$(or $(PYTHON),false) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 or later is needed; install it or set PYTHON=/path/to/python3."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/base.txt -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/pip check --quiet --disable-pip-version-check
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/spark: $(STAMPS)/python requirements/spark.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/spark.txt
	@touch $@

$(STAMPS)/assets: $(STAMPS)/python $(FRONTEND)
	@mkdir -p $(STAMPS)
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@touch $@

browser:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update --quiet=2 && apt-get install --quiet=2 --no-install-recommends chromium; \
	else echo "The browser tests need Chromium: install it (on Debian, apt-get install chromium) and try again."; exit 1; fi

# ClamAV's daemon, with signatures that the tests make; none are fetched.
scanner:
	@PATH="$$PATH:/usr/sbin:/usr/local/sbin"; command -v clamd >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --no-install-recommends clamav-daemon; \
	else echo "The tests of uploads need ClamAV's clamd: install it (on Debian, apt-get install clamav-daemon) and try again."; exit 1; fi
