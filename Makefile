# What a newcomer needs is `make demo` and `make test`; both set up all that they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data
SEEDS ?= ../shared/seeds

.PHONY: demo test pictures lint types lexicons evaluate gate bench bench-desk browser wheel clean

# Made again when pyproject.toml changes.
$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Riwaya needs Python 3.11 or newer; make PYTHON=/path/to/python3.11 ..." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

demo: $(VENV)/installed
	$(BIN)/riwaya build examples/reports -o demo
	$(BIN)/riwaya add examples/reports examples/desk.jsonl --archive demo/desk.riwaya --quiet
	@echo
	@echo "The dossier: $(CURDIR)/demo/index.html (open it in a browser), the same for programs: demo/dossier.json"
	@echo "The desk:    $(BIN)/riwaya serve --archive demo/desk.riwaya, then open http://127.0.0.1:8000/"

test: $(VENV)/installed
	$(BIN)/python tools/compile_lexicons.py --check
	$(BIN)/python tools/document_settings.py --check
	$(BIN)/python -m pytest -n auto -m 'not browser'

browser: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[browser]'
	$(BIN)/python -m pytest -m browser

pictures: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[browser]'
	$(BIN)/python tools/take_pictures.py

lint: $(VENV)/installed
	$(BIN)/ruff check .

types: $(VENV)/installed
	$(BIN)/mypy

lexicons: $(VENV)/installed
	$(BIN)/python tools/compile_lexicons.py

evaluate: $(VENV)/installed
	$(BIN)/python tools/document_accuracy.py --data $(DATA)

gate: $(VENV)/installed
	$(BIN)/riwaya evaluate --sample --data $(DATA) --floors tests/floors.toml

bench: $(VENV)/installed
	$(BIN)/python benchmarks/build.py --data $(DATA) --seeds $(SEEDS)

bench-desk: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	mkdir -p build
	$(BIN)/python benchmarks/desk.py --data $(DATA) --archive build/desk.riwaya
	$(BIN)/python benchmarks/serving.py build/desk.riwaya --locust $(BIN)/locust --more $(DATA)/egypt2013/2013-03-20.jsonl.gz

wheel: $(VENV)/installed
	$(BIN)/python -m pip install --quiet build
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
