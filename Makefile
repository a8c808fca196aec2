# The words for people and for machines alike; each calls a script of the same name.
.DEFAULT_GOAL := help
.PHONY: help demo test test-camera check benchmarks clean

help: ## Says what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

demo: ## Sets everything up and narrates the bundled page and PDF
	@scripts/demo

test: ## Sets everything up and runs every check and test; ARGS="..." goes to pytest
	@scripts/test $(ARGS)

test-camera: ## The camera on a real /dev/video0, in an emulated Debian (root; minutes)
	@scripts/set_up test && scripts/test_camera

check: ## Format, lint, types and architecture, in a minute
	@scripts/set_up test && scripts/check

benchmarks: ## Prints the figures of the README's table for this machine
	@scripts/set_up test && .venv/bin/python -m benchmarks

clean: ## Removes what make made here, .venv included
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
