# Everything the project does, one command each. `make` lists them.
# A fresh machine needs Python 3.11, 3.12 or 3.13, Make and git; all else lands in .venv.

PYTHON ?= python3
VENV := .venv
PARITY := .venv-parity
BIN := $(VENV)/bin
# Written last: without it the environment counts as cut off half-way and is made anew.
INSTALLED := $(VENV)/installed
# Written last as well. A build that was cut off or that warned leaves pages behind which Sphinx
# takes for finished, and would not warn of again; so the next one starts anew.
BUILT := _build/finished
PORT ?= 8000
WORKERS ?= 2
# Several lessons run at once; threads of linear algebra in each would fight for the processors.
export OPENBLAS_NUM_THREADS := 1

PARALLEL := -n $(WORKERS) --dist loadfile
BUILD_BOOK := $(BIN)/jupyter-book build . -W -n --keep-going -q
PDF := _build/neurons-to-gates.pdf
EPUB := _build/neurons-to-gates.epub
# Checkers that npm brings; they are no part of the tests.
CHECKERS := .checkers
LIGHTHOUSE_VERSION := 12.8.2
VNU_VERSION := 26.9.27
NBVAL := --nbval --nbval-current-env --nbval-cell-timeout=120 \
	--nbval-sanitize-with tests/nbval_sanitize.cfg
LESSONS := $(sort $(wildcard book/*.ipynb book/*/*.ipynb))

IS_SUPPORTED := -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
CHECK_PYTHON = $(PYTHON) $(IS_SUPPORTED) || { \
	for other in python3.13 python3.12 python3.11; do $$other $(IS_SUPPORTED) && break; done \
	  && mend="run \`make $(or $(MAKECMDGOALS),install) PYTHON=$$other\`" \
	  || mend="install one (Debian, Ubuntu: \`sudo apt-get install python3 python3-venv\`; others: https://www.python.org/downloads/) and name it with PYTHON=…"; \
	echo "Python 3.11, 3.12 or 3.13 is needed, but \`$(PYTHON) -V\` says \"$$($(PYTHON) -V 2>&1 | head -n 1)\": $$mend."; \
	exit 1; }

.DEFAULT_GOAL := help
.PHONY: help install book pdf epub serve test companion validate pages lint format lessons links pictures \
	faults parity bench sweeps runs lighthouse browser release lock clean

help: ## List these commands.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) ## Set up .venv from requirements.txt (the others do it when needed).

$(INSTALLED): requirements.txt pyproject.toml
	@[ -e $@ ] || { $(CHECK_PYTHON); $(PYTHON) -m venv --clear $(VENV); }
	@rm -f $@
	@echo "Installing requirements.txt into $(VENV), which takes a minute or two …"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements.txt
	@touch $@

book: $(INSTALLED) ## Build the book into _build/html; a warning is an error.
	@[ -e $(BUILT) ] && [ -z "$$(find book/_extensions/*.py book/_static book/_templates $(INSTALLED) -newer $(BUILT))" ] || rm -rf _build
	@rm -f $(BUILT)
	@echo "Building the book …"
	@$(BUILD_BOOK) >/dev/null
	@touch $(BUILT)
	@echo "Open file://$(CURDIR)/_build/html/index.html in a browser, or run \`make serve\`."

pdf: book ## Print the book into one PDF, with Chromium.
	@echo "Printing the book …"
	@$(BIN)/python book/_press/pdf.py
	@echo "The book is $(PDF)."

# Sphinx warns of the page that Jupyter Book adds to what it wrote last time, so that goes first.
epub: book ## Make an EPUB, with the formulas as MathML (for which it needs Chromium).
	@rm -rf _build/epub
	@echo "Making the EPUB …"
	@$(BUILD_BOOK) --builder custom --custom-builder epub >/dev/null
	@mv _build/epub/*.epub $(EPUB)
	@echo "The book is $(EPUB)."

serve: book ## Show the book at http://localhost:8000 (PORT=… for another port).
	@echo "The book is at http://localhost:$(PORT), until you press Ctrl+C."
	@$(BIN)/python -m http.server $(PORT) --bind localhost --directory _build/html >/dev/null 2>&1

# One failure does not hide the others. The book is built anew, since Sphinx does not look again at a
# page whose links another page has broken. Without Chromium there is no PDF and no EPUB to test, and
# the tests say so.
test: $(INSTALLED) ## Run everything: lint, the strict build, all tests, the lessons, every page.
	@lint=0; book=0; press=0; tests=0; \
	$(MAKE) --no-print-directory lint || lint=1; \
	rm -f $(BUILT) $(PDF) $(EPUB); \
	$(MAKE) --no-print-directory book || book=1; \
	if [ $$book = 0 ] && $(BIN)/python book/_press/chromium.py; then \
	  $(MAKE) --no-print-directory pdf epub || press=1; fi; \
	$(BIN)/python -m pytest README.md tests companion book --doctest-modules $(NBVAL) $(PARALLEL) || tests=1; \
	[ $$lint = 0 ] || echo "Failed before the tests: style, see the top. \`make format\` mends most of it."; \
	[ $$book = 0 ] || echo "Failed before the tests: the strict build of the book, see the top."; \
	[ $$press = 0 ] || echo "Failed before the tests: the PDF or the EPUB, see the top."; \
	exit $$((lint + book + press + tests > 0))

companion: $(INSTALLED) ## Run the companion's tests and doctests only.
	$(BIN)/python -m pytest tests/companion companion --doctest-modules $(PARALLEL)

validate: $(INSTALLED) ## Re-execute every lesson and compare it with what it stores.
	$(BIN)/python -m pytest book tests/book/test_hygiene.py $(NBVAL) $(PARALLEL)

pages: book ## Test the built pages only: in Chromium, for accessibility, weight and valid HTML.
	$(BIN)/python -m pytest $(PARALLEL) $(filter-out %/test_print.py %/test_hygiene.py %/test_claims.py, \
	  $(wildcard tests/book/test_*.py))

lint: $(INSTALLED) ## Check style and formatting of all code, notebooks included.
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

format: $(INSTALLED) ## Format all code and mend what can be mended.
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lessons: $(INSTALLED) ## Execute every lesson and store its outputs (LESSONS=… for some).
	$(BIN)/python tests/book/refresh.py $(LESSONS)

links: $(INSTALLED) ## Name the repository of _config.yml wherever no build can (once, in a fork).
	@$(BIN)/python tests/book/install_cell.py

pictures: book ## Take the README's two pictures anew.
	@$(BIN)/python tests/book/readme_pictures.py

faults: $(INSTALLED) ## Plant known faults, one at a time, and see each turn the tests red.
	$(BIN)/python tests/faults.py

# What is never needed to read, run or test the course has an environment of its own. The lessons that
# need it are asked for by name, since a lesson that is found in a folder may be left out.
parity: $(PARITY)/installed ## Compare with PyTorch and JAX, and validate the lessons that need them (installs both apart).
	@lessons=$$($(PARITY)/bin/python tests/book/optional_lessons.py) && set -x && \
	  $(PARITY)/bin/python -m pytest tests/parity $$lessons $(NBVAL) -p no:cacheprovider

$(PARITY)/installed: tests/parity/requirements.txt pyproject.toml
	@[ -e $@ ] || { $(CHECK_PYTHON); $(PYTHON) -m venv --clear $(PARITY); }
	@rm -f $@
	@echo "Installing PyTorch and JAX into $(PARITY), which takes a while …"
	@$(PARITY)/bin/python -m pip install --disable-pip-version-check --quiet -r tests/parity/requirements.txt
	@touch $@

bench: $(INSTALLED) ## Measure the activations against NumPy, SciPy, PyTorch and JAX, and what is made of them (minutes).
	$(BIN)/python -m benchmarks.activations
	$(BIN)/python -m benchmarks.vectors
	$(BIN)/python -m benchmarks.layers
	$(BIN)/python -m benchmarks.training_step
	$(BIN)/python -m benchmarks.sparse_products

sweeps: $(INSTALLED) ## Run what the book's long experiments have not stored yet (minutes).
	$(BIN)/python -m companion.experiments

runs: $(INSTALLED) ## Measure the training runs that two figures with sliders show, and store them (minutes).
	$(BIN)/python -m benchmarks.training_runs

# Both figures want to be 0.95 at least. The newest HTML checker looks at the pages as well: the one in
# the tests comes with a Python package, and is older.
lighthouse: book ## Measure a lesson page with Lighthouse, and check all HTML (needs Node.js and Java).
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or newer."; exit 1; }
	@command -v java >/dev/null || { echo "Java is missing: run \`make browser\`."; exit 1; }
	@[ -e $(CHECKERS)/node_modules/lighthouse ] || { mkdir -p $(CHECKERS); \
	  echo "Installing Lighthouse and the Nu HTML checker into $(CHECKERS) …"; \
	  PUPPETEER_SKIP_DOWNLOAD=1 npm install --prefix $(CHECKERS) --ignore-scripts --no-audit --no-fund --silent \
	    lighthouse@$(LIGHTHOUSE_VERSION) vnu-jar@$(VNU_VERSION); }
	$(BIN)/python tests/book/lighthouse.py $(CHECKERS)

browser: ## Install Debian's Chromium and Java, which the tests of the pages use.
	@missing=; \
	[ -n "$$(command -v chromium; command -v chromium-browser; command -v google-chrome)" ] || missing="chromium"; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	if [ -z "$$missing" ]; then \
	  echo "Chromium and Java are installed."; \
	elif ! command -v apt-get >/dev/null; then \
	  echo "There is no apt-get here: install Chromium (or Google Chrome) and Java by hand, then run \`make test\`."; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update && apt-get install -y --no-install-recommends $$missing; \
	else sudo apt-get update && sudo apt-get install -y --no-install-recommends $$missing; fi

release: pdf epub ## Attach PDF and EPUB to a release on GitHub (TAG=…; needs the command gh).
	@[ -n "$(TAG)" ] || { echo "Name the release: \`make release TAG=v1.0.0\`."; exit 1; }
	gh release upload "$(TAG)" $(PDF) $(EPUB) --clobber

lock: ## Compile requirements.txt anew from pyproject.toml (needs uv).
	@command -v uv >/dev/null || { echo "uv is missing: run \`pipx install uv\`."; exit 1; }
	@{ echo "# The exact environment of the book and its tests, compiled from pyproject.toml by \`make lock\`."; \
	  echo "-e .[book,test]" | uv pip compile - --universal --fork-strategy fewest --python-version 3.11 \
	    --no-emit-index-url --no-emit-find-links --no-header --quiet; } > requirements.new \
	  && mv requirements.new requirements.txt

clean: ## Remove what was built (not .venv).
	rm -rf _build $(CHECKERS) .pytest_cache .ruff_cache .hypothesis
