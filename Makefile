# Builds, demonstrates and tests Vouch. The two commands most people need: make demo, make test.

SWIFT ?= swift
PREFIX ?= /usr/local
BUILD_FLAGS = --explicit-target-dependency-import-check error
RELEASE_FLAGS = $(BUILD_FLAGS) -c release --static-swift-stdlib
VOUCH = .build/release/vouch
VENV = .venv
BENCH_VENV = .venv-bench
PARTS = reading paths

.PHONY: deps build demo exports test test-deps torture scores article-scores tck bench bench-deps install clean

# Debian packages without which nothing builds.
deps:
	@Tests/install-packages.sh libxml2-dev zlib1g-dev pkg-config

build: deps
	$(SWIFT) build $(RELEASE_FLAGS) --product vouch

# Reads seeds/ into exports/, and shows how two people are connected.
demo: build exports
	$(VOUCH) stats exports/seeds.vouch
	$(VOUCH) path exports/seeds.vouch "Zelenskyy" "Putin" --evidence

exports:
	$(VOUCH) build seeds -o exports/seeds.vouch --replace
	$(VOUCH) export exports/seeds.vouch --format graphml -o exports/seeds.graphml
	$(VOUCH) export exports/seeds.vouch --format rdfxml -o exports/seeds.rdf
	$(VOUCH) report exports/seeds.vouch --title "Talks, floods and a repeated vote: the sample articles" -o exports/report.html

# What the tests open exports with: Debian's RDF and XML tools and browser, and Python packages in a local environment.
test-deps: deps
	@Tests/install-packages.sh libxml2-utils raptor2-utils graphviz libjgrapht-java python3-venv chromium
	@test -x $(VENV)/bin/python || python3 -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check -r Tests/Program/requirements.txt

test: test-deps build
	Tests/run.sh

# The store for half an hour: all that `make test` tries a part of, and fuzzing.
torture: test-deps build
	Tests/torture.sh

# The score table of reading, from articles and corpora that lie beside the repository.
scores: test-deps build
	cd Tests/Program && ../../$(VENV)/bin/python -B scores.py --write

# The table of articles found in web pages, beside peers, from pages that lie beside the repository.
article-scores: build bench-deps
	$(BENCH_VENV)/bin/python -B Tests/Bench/articles.py --write

# The peers that are timed beside Vouch, in a local environment of their own; without them the other figures are still measured.
bench-deps: deps
	@Tests/install-packages.sh python3-venv
	@test -x $(BENCH_VENV)/bin/python || python3 -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/pip install --quiet --upgrade pip
	@$(BENCH_VENV)/bin/pip install --quiet -r Tests/Bench/requirements.txt

# The table of openCypher scenarios, from a folder beside the repository or the one that VOUCH_TCK names.
tck:
	VOUCH_WRITE_TCK=1 $(SWIFT) test -Xcc -O2 --filter LanguageTCKTests

# Reading beside its peer, then store and paths beside theirs: PARTS="reading paths" says which.
bench: build bench-deps
	$(if $(filter reading,$(PARTS)),Tests/bench.sh)
	$(if $(filter paths,$(PARTS)),Benchmarks/run.sh)

install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -s -m 755 $(VOUCH) $(DESTDIR)$(PREFIX)/bin/vouch

clean:
	rm -rf .build Benchmarks/.build $(VENV) $(BENCH_VENV)
