#!/bin/sh
# Cuts the texts of the corpora into words as Vouch does: tokens.sh VOUCH DATA OUT
set -eu
vouch=$1 data=$2 out=$3
mkdir -p "$out"
for split in train dev; do
  suffix=$([ $split = dev ] && echo -dev || echo "")
  for corpus in ner/worldwide ner/crossner_politics ner/wnut17 ner/re3d ner/uner_ewt ner/wikigold polnear target_sentiment; do
    file=$data/$corpus/$split.jsonl
    [ -f "$file" ] || continue
    # Without the labels, records are what Vouch reads; a text that stands there twice is cut once.
    python3 -c '
import json, sys
seen = set()
for r in map(json.loads, open(sys.argv[1], encoding="utf-8")):
    if r["id"] not in seen:
        seen.add(r["id"])
        print(json.dumps({"id": r["id"], "text": r["text"]}))' "$file" |
      "$vouch" extract - --input-format jsonl --plain --with-syntax --quiet |
      python3 -c '
import json, sys
for r in map(json.loads, sys.stdin):
    print(json.dumps({"id": r["doc"], "tokens": [[t["start"], t["end"]] for t in r["tokens"]]}))' > "$out/$(basename "$corpus")$suffix.jsonl"
  done
done
