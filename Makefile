# Builds, demonstrates and tests Vouch. The two commands most people need: make demo, make test.

SWIFT ?= swift
PREFIX ?= /usr/local
BUILD_FLAGS = --explicit-target-dependency-import-check error
RELEASE_FLAGS = $(BUILD_FLAGS) -c release --static-swift-stdlib
VOUCH = .build/release/vouch
VENV = .venv
BENCH_VENV = .venv-bench
SPARK_VENV = .venv-spark
PARTS = reading paths

.PHONY: deps build demo exports test test-deps torture scores article-scores tck bench bench-deps spark-test install uninstall deb docs clean

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

# What the tests open exports with: Debian's RDF and XML tools and browser, and Python packages in a local environment; shells, and readers of manual
# pages.
test-deps: deps
	@Tests/install-packages.sh libxml2-utils raptor2-utils graphviz libjgrapht-java python3-venv chromium
	@Tests/install-packages.sh zsh fish mandoc groff-base dpkg-dev
	@test -x $(VENV)/bin/python || python3 -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check -r Tests/Program/requirements.txt

test: test-deps build
	Tests/run.sh

# The store for an hour: all that `make test` tries a part of, fuzzing, and the tests under sanitizers.
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

# Corpora on a Spark cluster: two workers on this machine, of which one is killed. Needs Java 17 and some 600 MB for Spark.
spark-test: build
	@Tests/install-packages.sh python3-venv openjdk-17-jre-headless
	@test -x $(SPARK_VENV)/bin/python || python3 -m venv $(SPARK_VENV)
	@$(SPARK_VENV)/bin/pip install --quiet --disable-pip-version-check -r integrations/spark/requirements-test.txt
	$(SPARK_VENV)/bin/python -B -m pytest integrations/spark/tests -q -p no:cacheprovider

# The program, its manual pages and shell completions, below DESTDIR and PREFIX.
install: build
	@Tests/install-packages.sh binutils python3
	Packaging/install.sh $(VOUCH) $(DESTDIR)$(PREFIX)

uninstall:
	Packaging/install.sh --remove $(DESTDIR)$(PREFIX)

# A Debian package in build/.
deb: build
	@Tests/install-packages.sh dpkg-dev binutils python3
	@mkdir -p build
	Packaging/deb.sh $(VOUCH) build

# The documentation of the library, as a web site in build/docs; any warning ends it.
docs: build
	Packaging/docs.sh build/docs

clean:
	rm -rf .build Benchmarks/.build $(VENV) $(BENCH_VENV) $(SPARK_VENV)
