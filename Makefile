# twingraph: what can be done here. `make` alone lists it.
#
# Everything is installed into .venv in this folder; nothing else on the machine is touched. `make clean` takes it away.

.DEFAULT_GOAL := help
.PHONY: help demo test check types format docs clean

# The map of the demo and the database behind it: its own, never the one that `twingraph` uses by default.
DEMO_DB := build/demo.grafeo
DEMO_MAP := zhytomyr.html
BIN := .venv/bin

help: ## list what can be done
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: ## set up, load the bundled data and write the map of Zhytomyr oblast
	@tools/setup run
	@mkdir -p build
	@echo "Loading the bundled partnerships into $(DEMO_DB)"
	@$(BIN)/twingraph load --db $(DEMO_DB)
	@echo "Drawing the map of Zhytomyr oblast"
	@$(BIN)/twingraph viz --oblast Zhytomyr --db $(DEMO_DB) -o $(DEMO_MAP)
	@echo "Open it in a browser: $(CURDIR)/$(DEMO_MAP)"

test: ## set up and run the tests (ARGS="-k name" picks some)
	@tools/setup test
	@echo "Running the tests"
	@$(BIN)/pytest -n auto --maxprocesses=4 --dist loadgroup $(ARGS)

check: ## set up and check style, types and who imports whom
	@tools/setup dev
	@echo "Style (ruff)"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@tools/check-types
	@echo "Who imports whom (import-linter)"
	@PYTHONPATH=build/types $(BIN)/lint-imports --cache-dir build/import-linter
	@tools/check-page

format: ## set up and rewrite the code in the house style
	@tools/setup dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@tools/check-page --fix

docs: ## set up and rewrite the pages that are generated from the code
	@tools/setup test
	@TWINGRAPH_TEST_REWRITE=1 $(BIN)/pytest tests/docs/test_generated_pages.py tests/docs/test_readme.py

clean: ## take away the environment, the caches and everything that was built
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
