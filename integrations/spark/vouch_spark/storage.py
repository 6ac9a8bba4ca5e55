"""Files on whatever file system Spark reaches, from any process of the cluster.

Spark's own readers give rows, not files, and its writers commit whole jobs. What is needed here is less: to stream a file, to fetch one,
and to make one appear whole or not at all. On local and mounted file systems Python does it; on others Hadoop's shell, which comes with Spark.
"""

import os
import shutil
import subprocess
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

TEMPORARY = "_temporary"


def storage(uri, settings=()):
    """What reads and writes the files of a URI; `settings` are Hadoop's, for file systems that need some."""
    return Local() if uri.startswith("file:") else Hadoop(tuple(settings))


def local_path(uri):
    return Path("/" + uri.removeprefix("file:").lstrip("/"))


class Local:
    @contextmanager
    def stream(self, uri):
        with open(local_path(uri), "rb") as file:
            yield file

    def fetch(self, uri, folder):
        """A local file with the content."""
        return local_path(uri)

    def names(self, uri):
        """Names in a folder; none if it is not there."""
        try:
            return set(os.listdir(local_path(uri)))
        except FileNotFoundError:
            return set()

    def commit(self, path, root, name):
        """Makes a local file appear as `root/name`, whole or not at all. Several attempts at the same work bring the same bytes."""
        target, waiting = local_path(root) / name, local_path(root) / TEMPORARY / uuid.uuid4().hex
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, waiting)
        with open(waiting, "rb") as file:
            os.fsync(file.fileno())
        os.rename(waiting, target)


class Hadoop:
    def __init__(self, settings):
        self.settings = settings

    @contextmanager
    def stream(self, uri):
        with self._shell("-cat", uri, stdout=subprocess.PIPE) as process:
            yield process.stdout
            process.stdout.close()
            if process.wait():
                raise OSError(f"hadoop fs -cat {uri}: ended with exit code {process.returncode}")

    def fetch(self, uri, folder):
        path = Path(folder) / uri.rsplit("/", 1)[-1]
        self._run("-get", "-f", uri, path.as_uri())
        return path

    def names(self, uri):
        if self._run("-test", "-d", uri, check=False):
            return set()
        with self._shell("-ls", "-C", uri, stdout=subprocess.PIPE) as process:
            return {line.rstrip("/").rsplit("/", 1)[-1] for line in process.stdout.read().decode().splitlines()}

    def commit(self, path, root, name):
        target, waiting = f"{root}/{name}", f"{root}/{TEMPORARY}/{uuid.uuid4().hex}"
        self._run("-mkdir", "-p", target.rsplit("/", 1)[0], f"{root}/{TEMPORARY}")
        self._run("-put", Path(path).as_uri(), waiting)
        if self._run("-mv", waiting, target, check=False):
            # Another attempt at the same work was faster, or something is wrong.
            self._run("-test", "-e", target)
            self._run("-rm", "-skipTrash", waiting)

    def _run(self, *arguments, check=True):
        with self._shell(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            told = process.communicate()[1].decode(errors="replace").strip()
        if check and process.returncode:
            raise OSError(f"hadoop fs {' '.join(map(str, arguments))}: {told[-2000:]}")
        return process.returncode

    @contextmanager
    def _shell(self, *arguments, **pipes):
        # The settings may hold keys: they go into a file that nobody else may read, not into the command line.
        with tempfile.TemporaryDirectory() as folder:
            properties = "".join(
                f"<property><name>{escape(key)}</name><value>{escape(value)}</value></property>" for key, value in self.settings)
            Path(folder, "core-site.xml").write_text(f"<configuration>{properties}</configuration>")
            places = [folder, os.environ.get("HADOOP_CONF_DIR"), f"{_spark_home()}/jars/*", *_spark_files()]
            java = Path(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
            yield subprocess.Popen(
                [java, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", ":".join(filter(None, places)),
                 "org.apache.hadoop.fs.FsShell", *map(str, arguments)], **pipes)


def _spark_home():
    from pyspark.find_spark_home import _find_spark_home

    return os.environ.get("SPARK_HOME") or _find_spark_home()


def _spark_files():
    from pyspark import SparkFiles

    try:
        return [SparkFiles.getRootDirectory() + "/*"]
    except AssertionError:
        # No Spark runs here.
        return []
