"""A Spark cluster of several processes on this machine, and programs that run on it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from pyspark.find_spark_home import _find_spark_home

SPARK = Path(_find_spark_home())
PACKAGE = Path(__file__).resolve().parents[1]
ENVIRONMENT = os.environ | {
    "SPARK_HOME": str(SPARK), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(PACKAGE),
    "PYTHONDONTWRITEBYTECODE": "1", "SPARK_DAEMON_MEMORY": "256m"}


class Cluster:
    """A master and workers of one core each, each worker with its executor in a process group of its own."""

    def __init__(self, folder, workers=2):
        self.folder = folder
        self.port = _free_port()
        self.master = f"spark://127.0.0.1:{self.port}"
        self._processes = [self._start("master.Master", "--host", "127.0.0.1", "--port", self.port, "--webui-port", 0)]
        _wait_for(lambda: _listens(self.port))
        self.workers = [
            self._start(
                "worker.Worker", "--host", "127.0.0.1", "--cores", 1, "--memory", "2g", "--webui-port", 0, "-d", folder / f"worker-{number}",
                self.master)
            for number in range(workers)]

    def _start(self, name, *arguments):
        log = open(self.folder / f"{name}-{len(os.listdir(self.folder))}.log", "wb")
        return subprocess.Popen(
            [SPARK / "bin/spark-class", f"org.apache.spark.deploy.{name}", *map(str, arguments)], env=ENVIRONMENT, stdout=log, stderr=log,
            start_new_session=True)

    def kill_worker(self):
        """Ends a worker with all that runs on it, as if its machine had gone."""
        kill(self.workers.pop())

    def close(self):
        for process in self.workers + self._processes:
            kill(process)


def kill(process):
    """Ends a process and all that it started, without a warning."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def start(master, folder, *arguments, more={}):
    """Starts the pipeline's driver; `more` are settings of Spark."""
    settings = {
        "spark.ui.enabled": "false", "spark.executor.memory": "1g", "spark.driver.memory": "1g", "spark.local.dir": folder,
        "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR", "spark.network.timeout": "60s", "spark.executor.heartbeatInterval": "5s"} | more
    submit = " ".join(f"--conf {key}={value}" for key, value in settings.items())
    return subprocess.Popen(
        [sys.executable, "-m", "vouch_spark", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env=ENVIRONMENT | {"PYSPARK_SUBMIT_ARGS": f"--master {master} {submit} pyspark-shell"}, text=True)


def wait_until(condition, process, seconds=300):
    """Waits for a condition while a process works."""
    end = time.monotonic() + seconds
    while not condition():
        if process.poll() is not None:
            out, err = process.communicate()
            raise AssertionError(f"it ended with {process.returncode}\n{out}\n{err[-5000:]}")
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.1)


def _wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the cluster did not start"
        time.sleep(0.1)


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
