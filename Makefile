# The work is done by start.py, which also runs where there is no make.
PYTHON ?= python3

.PHONY: run test test-long test-all check bench lock

run test test-long test-all check lock:
	@$(PYTHON) start.py $@

# make bench SAMPLE=5: five series a panel, in minutes.
bench:
	@$(PYTHON) start.py $@ $(if $(SAMPLE),--sample $(SAMPLE))
