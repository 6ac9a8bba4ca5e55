#!/bin/bash
# Store and paths beside their peers: makes the workload (100,000 entities, 1,000,000 statements, Zipf's law at both ends of a
# statement, 2,000 random pairs), asks Vouch, NetworkX, igraph, SQLite, Kùzu and DuckDB the same in one run, compares the answers, and
# shows how Vouch grows. Figures, no verdicts but one: different answers fail.
# SIZES="10000 100000 1000000 10000000" are the numbers of statements that growth is measured at (a tenth as many entities);
# PEERS="networkx igraph sqlite kuzu duckdb" those that are asked, where they install.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv-bench/bin/python}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

${SWIFT:-swift} build -c release --static-swift-stdlib --package-path Benchmarks --product path-benchmark
bench=Benchmarks/.build/release/path-benchmark

mkdir "$work/main"
"$bench" make "$work/main" 100000 1000000 2000 >"$work/main/figures.jsonl"
"$bench" ask "$work/main" 100000 1000000 2000 >>"$work/main/figures.jsonl"
"$python" -B Benchmarks/peers.py "$work/main" .build/release/vouch ${PEERS:-networkx igraph sqlite kuzu duckdb}

for size in ${SIZES:-10000 100000 1000000 10000000}; do
  mkdir "$work/$size"
  "$bench" make "$work/$size" $((size / 10)) "$size" 200 >"$work/$size/figures.jsonl"
  "$bench" ask "$work/$size" $((size / 10)) "$size" 200 >>"$work/$size/figures.jsonl"
  "$python" -B Benchmarks/growth.py "$work/$size" "$size"
  rm -rf "${work:?}/$size"
done
