# What developers run; `bash setup.sh demo` and `bash setup.sh test` need no make.
PYTHON := .venv/bin/python

.PHONY: demo test lint docs evaluate train clean

demo:            ## set up, run the main job on seeds/ and answer who signed what and when
	bash setup.sh demo

test:            ## set up and pass the tests
	bash setup.sh test

lint:            ## style and types
	.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy

docs:            ## HTML pages of the documentation and the ontology, in build/docs (needs the extra docs)
	$(PYTHON) docs/build.py

evaluate:        ## score the extraction on the sets of docs/accuracy.md
	-$(PYTHON) training/scripts/event_news.py training/news/aside ../shared/corpora build/news-aside
	$(PYTHON) benchmarks/evaluate.py

train:           ## train the language model from ../shared/corpora (an hour and a half on two cores)
	cd training && ../$(PYTHON) -m spacy project run setup && PYTHONPATH=.. ../$(PYTHON) -m spacy project run all

clean:
	rm -rf .venv kg-store kg.ttl build dist
