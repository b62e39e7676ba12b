# make run: serve the assistant.  make test: every check.  The rest: parts of these.
SHELL := /bin/bash
.DEFAULT_GOAL := help
HOST ?= 127.0.0.1
PORT ?= 5005
PYTHON := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3

.PHONY: help run train test setup setup-dev lint types data unit lock

help:
	@echo "make run [HOST=127.0.0.1] [PORT=5005]   install, train where needed, serve the assistant"
	@echo "make test                               install, then lint, types, data checks, training and all tests"
	@echo "make train                              train a model for the present data"
	@echo "make lock                               renew the lock files after a change of requirements/*.in"

run: setup
	@$(PYTHON) -m bot run --host "$(HOST)" --port "$(PORT)"

train: setup
	@$(PYTHON) -m bot train

test: setup-dev lint types data train
	@scripts/chromium.sh
	$(PYTHON) -m pytest

lint: setup-dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types: setup-dev
	$(PYTHON) -m mypy

data: setup-dev
	$(PYTHON) -m bot knowledge check
	$(PYTHON) -W ignore -m rasa data validate --quiet

unit: setup-dev
	$(PYTHON) -m pytest tests/knowledge tests/language tests/understanding

setup:
	@scripts/setup.sh main

setup-dev:
	@scripts/setup.sh dev

lock: setup
	@scripts/lock.sh
