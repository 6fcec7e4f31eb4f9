# What can be done here. `make` lists it; the work itself is in tools/.
.DEFAULT_GOAL := help
.PHONY: help setup run dev build test check e2e test-postgres bench docs clean-data

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing for building and testing
	@tools/setup test

build: ## build target/release/allgems, with the site inside
	@tools/setup build
	@tools/build-server

run: build ## build the shop and start its demo
	@exec target/release/allgems demo

dev: ## the same from a debug build, started again after each change
	@tools/setup build
	@tools/dev

test: ## every check there is, with a table at the end
	@tools/test

check: ## the quick ones: formatting, lints, unit and server tests
	@tools/test setup format site clippy tests

e2e: ## the browser tests, against a release build
	@tools/test setup release types e2e

test-postgres: ## the store and a purchase on a PostgreSQL that is started for it
	@tools/test setup release postgres

bench: ## pages per second, and what a phone makes of them
	@tools/setup test bench
	@tools/build-server
	@tools/bench

docs: ## the documentation of the code, in target/doc
	@tools/setup build
	@mkdir -p target/site
	@. .tools/env && cargo doc --workspace --exclude shop-frontend --no-deps --document-private-items

clean-data: ## forget the demo shop: its orders, customers and pictures
	rm -rf data target/end2end
