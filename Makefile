# The work is done by start.py, which also runs where there is no make.
PYTHON ?= python3

.PHONY: run test test-long test-all check bench lock

run test test-long test-all check bench lock:
	@$(PYTHON) start.py $@
