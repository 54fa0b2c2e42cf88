# Two commands: `make play` and `make test`. Each sets up what it needs; nothing but Python ≥ 3.11 is assumed.
.DEFAULT_GOAL := help
.PHONY: help play up down test test-model soak check schemas bench deploy lock ready
MAKEFLAGS += --no-print-directory
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME

BIN := .venv/bin

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

ready:
	@python3 -I infra/local/bootstrap.py

play: ready ## Set up, start the local cloud and play in the terminal
	@$(BIN)/ninelives up
	@$(BIN)/ninelives play

up: ready ## Start and deploy the local cloud in the background
	@$(BIN)/ninelives up

down: ready ## Stop the local cloud; its state is kept
	@$(BIN)/ninelives down

test: ready ## Check the code and run every test
	@$(BIN)/ninelives check --tests

soak: ready ## Run every test in its full size: storms, matrices, many more examples (hours)
	@$(BIN)/ninelives check --soak

check: ready ## Lint, format, types, import rules, and what the sources rest on
	@$(BIN)/ninelives check

schemas: ready ## Regenerate the JSON Schemas, docs/asyncapi.json, docs/openapi.json and the workflow's definition
	@$(BIN)/ninelives contracts schemas

bench: ready ## Measure latency, cost and growth
	@$(BIN)/python -m pytest tests/bench -q -s -o python_files='bench_*.py' -o python_functions='bench_*'

test-model: ready ## Play 20 turns with a small language model on this machine, installed from packages
	@$(BIN)/python -m pytest tests/model -q -s -o python_files='model_*.py'

deploy: ready ## Deploy to the AWS account of your credentials; YES=1 does not ask
	@$(BIN)/ninelives deploy $(if $(YES),--yes)

lock: ready ## Lock the dependencies of the repository and of each service
	@$(BIN)/ninelives lock
