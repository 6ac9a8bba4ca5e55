#!/bin/bash
# Times whole commands on copies of seeds/: reading, building, opening, paths, exports; then the stages of reading beside spaCy's
# small model, and how they grow. Figures, no verdicts.
# COPIES=200 Tests/bench.sh reads two hundred copies of each sample article; BESIDE=220 articles are read by spaCy too;
# COUNTS="1000 2000 4000" are the numbers of articles that growth is measured at.
set -euo pipefail
cd "$(dirname "$0")/.."
vouch=$PWD/.build/release/vouch
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - seeds "$work/corpus.jsonl" "${COPIES:-200}" <<'PY'
import glob, json, subprocess, sys
seeds, target, copies = sys.argv[1], sys.argv[2], int(sys.argv[3])
texts = [json.loads(line)["text"] for line in subprocess.run(
    [".build/release/vouch", "extract", "--with-text", "--quiet", seeds], capture_output=True, text=True).stdout.splitlines()]
words = 0
with open(target, "w") as out:
    for copy in range(copies):
        for number, text in enumerate(texts):
            words += len(text.split())
            out.write(json.dumps({"id": f"{copy}-{number}", "text": text, "published": "2025-12-29", "outlet": f"Outlet {copy % 40}"}) + "\n")
print(f"corpus: {copies * len(texts)} articles, {words} words")
open(target + ".words", "w").write(str(words))
PY
words=$(cat "$work/corpus.jsonl.words")

seconds() { # command…: wall seconds of one run
  local start=$EPOCHREALTIME
  "$@" >/dev/null 2>&1
  awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }'
}

report() { printf '%-34s %s\n' "$1" "$2"; }
rate() { awk -v n="$1" -v s="$2" -v d="$3" 'BEGIN { printf "%.2f s  %.0f %s", s, n / s, d }'; }

one=$(seconds "$vouch" extract --threads 1 "$work/corpus.jsonl")
report "extract, 1 thread" "$(rate "$words" "$one" words/s)"
two=$(seconds "$vouch" extract --threads 2 "$work/corpus.jsonl")
report "extract, 2 threads" "$(rate "$words" "$two" words/s)"
build=$(seconds "$vouch" build "$work/corpus.jsonl" -o "$work/g.vouch" --replace)
report "build, all cores" "$(rate "$words" "$build" words/s)"
"$vouch" stats "$work/g.vouch" --quiet | sed 's/^/  /' | grep -E 'bytes|nodes|edges|evidence' || true
report "stats (open and scan)" "$(seconds "$vouch" stats "$work/g.vouch") s"
report "path, whole command" "$(seconds "$vouch" path "$work/g.vouch" Zelenskyy Putin || true) s"
report "first article, cold process" "$(seconds "$vouch" extract seeds/tallgrass-tribune-front-line-towns.txt) s"
for format in graphml rdfxml; do
  time=$(seconds "$vouch" export "$work/g.vouch" --format "$format" -o "$work/out")
  report "export $format" "$(awk -v b="$(stat -c %s "$work/out")" -v s="$time" 'BEGIN { printf "%.2f s  %.0f MB/s", s, b / s / 1e6 }')"
done

spacy=.venv-bench/bin/python
[ -x "$spacy" ] || spacy=
python3 -B Tests/Bench/language.py "$vouch" "$work/corpus.jsonl" $spacy
