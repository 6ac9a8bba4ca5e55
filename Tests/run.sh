#!/bin/bash
# Runs every test and prints one closing line: "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
passed=0
failed=0

count() { # name passed failed
  passed=$((passed + $2))
  failed=$((failed + $3))
  printf '%-28s %5d passed, %d failed\n' "$1" "$2" "$3"
}

check() { # name command…: one test that passes if the command does
  local name=$1
  shift
  if "$@" >"$log/check" 2>&1; then count "$name" 1 0; else
    cat "$log/check"
    count "$name" 0 1
  fi
}

check "format" swift format lint --strict --recursive --configuration .swift-format Sources Tests Package.swift Examples
check "tables" python3 Ontology/tools/check_tables.py Ontology

# The C kernels are optimised in the debugging build too: without, the language model takes minutes.
# The library and its modules: Swift Testing closes with "Test run with N tests in M suites passed|failed …".
swift test -Xcc -O2 --explicit-target-dependency-import-check error >"$log/swift" 2>&1
status=$?
total=$(sed -n 's/.*Test run with \([0-9]*\) tests\{0,1\}.*/\1/p' "$log/swift" | tail -1)
broken=$(grep -cE '^✘ Test [^r].* failed after' "$log/swift")
if [ $status -ne 0 ]; then
  grep -E 'error:|recorded an issue|failed after|Fatal' "$log/swift" | cut -c1-400 | head -60
  [ "$broken" -gt 0 ] || broken=1
fi
[ -n "$total" ] || total=$broken
# What the store was put through.
grep -E '^store: ' "$log/swift"
count "modules (swift test)" $((total - broken)) "$broken"

# The program, and the consumers of what it writes.
.venv/bin/python -m pytest Tests/Program -q -p no:cacheprovider >"$log/program" 2>&1
status=$?
summary=$(tail -1 "$log/program")
number() { sed -n "s/.*[^0-9]\([0-9][0-9]*\) $1.*/\1/p" <<<" $summary"; }
good=$(number passed)
bad=$(($(number failed)+0 + $(number error)+0))
if [ $status -ne 0 ]; then
  grep -vE '^\s*$' "$log/program" | tail -80
  [ "$bad" -gt 0 ] || bad=1
fi
grep -E '^SKIPPED' "$log/program" || true
count "program (pytest)" "${good:-0}" "$bad"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
