#!/bin/bash
# Builds the fuzz targets and runs each for some seconds, beginning with the corpus: Fuzz/run.sh [SECONDS] [TARGET…].
# New inputs are kept in .build/corpus; one that breaks something is named at the end, and belongs into Corpus/.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(FuzzWARC FuzzJSONLines FuzzFeed)
declare -A folders=([FuzzWARC]=warc [FuzzJSONLines]=jsonl [FuzzFeed]=feed)
export SWIFT_BACKTRACE=enable=no
swift build -c release --sanitize=fuzzer --sanitize=address
for target in "${targets[@]}"; do
  folder=${folders[$target]}
  mkdir -p ".build/corpus/$folder"
  ".build/release/$target" -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix=".build/$target-" ".build/corpus/$folder" "Corpus/$folder"
done
