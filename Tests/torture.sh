#!/bin/bash
# Tries what takes untrusted bytes for long: every bit, every truncation, thousands of losses of power, hundreds of thousands of hostile files, writers killed
# for minutes, fuzzing, and all tests of the modules under the address and the thread sanitizer. FUZZ_SECONDS (120) is for each fuzz target,
# VOUCH_KILL_SECONDS (300) for the killing, SANITIZERS ("address thread") for what the tests run under. Prints what was tried.
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no

VOUCH_TORTURE=1 swift test -c release --filter VouchStoreTests 2>&1 | grep -E '^store: |✘|Test run with'
VOUCH_KILL_SECONDS=${VOUCH_KILL_SECONDS:-300} .venv/bin/python -m pytest Tests/Program/test_store.py -q -s -p no:cacheprovider -k killed |
  grep -E '^\.?store: |passed|failed'

swift build --package-path Fuzz -c release --sanitize=fuzzer --sanitize=address 2>&1 | tail -1
declare -A corpora=(
  [FuzzGraph]=Tests/VouchStoreTests/Corpus/FuzzGraph [FuzzContribution]=Tests/VouchStoreTests/Corpus/FuzzContribution
  [FuzzWARC]=Fuzz/Corpus/warc [FuzzJSONLines]=Fuzz/Corpus/jsonl [FuzzFeed]=Fuzz/Corpus/feed [FuzzQuery]=Fuzz/Corpus/query
  [FuzzHTML]=Fuzz/Corpus/html)
for target in "${!corpora[@]}"; do
  corpus=Fuzz/.build/corpus/$target
  mkdir -p "$corpus"
  "Fuzz/.build/release/$target" -max_total_time="${FUZZ_SECONDS:-120}" -timeout=60 -rss_limit_mb=4096 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="Fuzz/.build/$target-" "$corpus" "${corpora[$target]}" 2>&1 |
    sed -n "s/^stat::number_of_executed_units: */executions of $target: /p; /ERROR/p; /SUMMARY/p"
done

# Pointers that Swift marks look lost to the detector of leaks.
export ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS="suppressions=$PWD/Tests/thread-sanitizer.supp"
for sanitizer in ${SANITIZERS-address thread}; do
  echo "$sanitizer sanitizer:"
  swift test -c release -Xcc -O2 --sanitize="$sanitizer" --scratch-path ".build-$sanitizer" 2>&1 |
    grep -E '✘|Test run with|ERROR: AddressSanitizer|WARNING: ThreadSanitizer|SUMMARY'
done
