# `make demo` runs the main job; `make test` passes the tests. Each does all its own set-up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
RUN := $(VENV)/bin
STUDY := examples/pathways-to-harm
OUT := .demo
# Two workers, each given whole files (tests/workers.py).
TESTS := $(RUN)/pytest -n 2

# uv is quick; where the network's certificates or settings do not suit it, pip does the same.
INSTALL := UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 $(RUN)/uv pip install --quiet --python $(RUN)/python
SLOWLY := $(RUN)/python -m pip install --quiet --disable-pip-version-check

# Python keeps what it compiled, or each of the hundreds of processes of a run would compile every library again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check long docs references setup system clean

# Libraries that the PDF writer needs, and the browser of the browser tests. Nothing happens where they are there already.
system:
	@sh .ci/system $(SYSTEM)

$(VENV)/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check uv
	$(INSTALL) -r requirements.txt || $(SLOWLY) -r requirements.txt
	$(INSTALL) --no-deps --editable . || $(SLOWLY) --no-deps --editable .
	touch $@

setup: $(VENV)/ready

demo: SYSTEM := publish
demo: system setup
	$(RUN)/python $(STUDY)/generate.py
	$(RUN)/casereview run $(STUDY) --out $(OUT)

check: setup
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports

test: SYSTEM := publish test
test: system check
	$(TESTS) -m "not long"

# Full fuzzing and long crash tests; run by hand before a release of the product. It takes hours: PART=tests/crash runs a part.
PART := tests
long: SYSTEM := publish test
long: system check
	HYPOTHESIS_PROFILE=long $(TESTS) $(PART)

docs: setup
	$(RUN)/python -m tests.docs.write

# What R and PSPP make of the same data, stored for the tests; Debian has both, as r-base-core with r-cran-mass and r-cran-igraph, and pspp.
references: setup
	$(RUN)/python -m tests.references.run

clean:
	rm -rf $(VENV) $(OUT)
