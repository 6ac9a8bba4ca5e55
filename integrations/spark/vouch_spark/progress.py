"""Shows how far the work is."""

import sys
import threading
import time

from pyspark import AccumulatorParam


SHARDS = "shards"


class Counts(AccumulatorParam):
    """Adds up numbers of articles by what became of them, and of shards."""

    def zero(self, value):
        return {}

    def addInPlace(self, one, other):
        for key, number in other.items():
            one[key] = one.get(key, 0) + number
        return one


class Progress:
    """A line on standard error: on a terminal over the line before, else now and then."""

    def __init__(self, context, what, total, finished, counts=None):
        self._context, self._what, self._total, self._finished, self._counts = context, what, total, finished, counts
        self._is_terminal = sys.stderr.isatty()
        self._done = threading.Event()
        self._start = time.monotonic()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._context.setJobGroup(self._what, f"vouch: {self._what}")
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()
        if self._is_terminal:
            print(file=sys.stderr)

    def _watch(self):
        said, next_time = None, 0
        while True:
            is_last = self._done.wait(1)
            words = self._words()
            if self._is_terminal:
                print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)
            elif words != said and (is_last or time.monotonic() >= next_time):
                print(words, file=sys.stderr, flush=True)
                said, next_time = words, time.monotonic() + 10
            if is_last:
                return

    def _words(self):
        tracker, done, active, failed = self._context.statusTracker(), 0, 0, 0
        for job in tracker.getJobIdsForGroup(self._what):
            for stage in getattr(tracker.getJobInfo(job), "stageIds", []):
                if info := tracker.getStageInfo(stage):
                    done, active, failed = done + info.numCompletedTasks, active + info.numActiveTasks, failed + info.numFailedTasks
        counts = dict(self._counts.value) if self._counts else {}
        # Tasks without work are done too; shards tell of themselves.
        done = counts.pop(SHARDS, 0) if self._counts else done
        words = f"{self._what}: {self._finished + done} of {self._total}"
        words += f", {active} running" if active else ""
        words += f", {failed} tried again" if failed else ""
        if self._counts:
            read = counts.get("read", 0)
            rate = sum(counts.values()) / max(1e-9, time.monotonic() - self._start)
            words += f"; {read} articles read, {sum(counts.values()) - read} left out, {rate:.1f} a second"
        return words
