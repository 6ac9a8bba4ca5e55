#!/bin/bash
# Store and paths beside their peers: makes the workload (100,000 entities, 1,000,000 statements, Zipf's law at both ends of a
# statement, 2,000 random pairs), asks Vouch, NetworkX, igraph, SQLite, Kùzu and DuckDB the same in one run, compares the answers, and
# shows how Vouch grows. Figures, no verdicts but one: different answers fail.
# SIZES="10000 100000 1000000 10000000" are the numbers of statements that growth is measured at (a tenth as many entities);
# EXPORTS="10000 1000000" those whose graphs are exported, the first by peers too; N-Quads of a million take 7 GB of TMPDIR;
# PATIENCE=20 are the processor seconds that each question is put to a peer for;
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

folders=()
for size in ${EXPORTS:-10000 1000000}; do
  folders+=("$work/exports-$size")
  mkdir "$work/exports-$size"
  "$bench" make "$work/exports-$size" $((size / 10)) "$size" 10 >/dev/null
done
"$python" -B Benchmarks/exports.py .build/release/vouch "${folders[@]}"
