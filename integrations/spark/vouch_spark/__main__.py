"""The command line: python -m vouch_spark INPUT… -o FOLDER."""

import argparse
import json
import shlex
import shutil
import sys

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from .pipeline import Pipeline, Refused, Settings


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(64, f"vouch_spark: {message}\n")


def arguments():
    parser = Parser(
        prog="vouch_spark",
        description="Reads a corpus with Vouch on a Spark cluster: JSON Lines, Parquet and WARC into reading records and one graph.",
        epilog="Run again after an interruption, it goes on where it was. Exit codes: 0 done, 2 failed, 64 wrong usage.")
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="files, folders or patterns on any file system that Spark reaches")
    parser.add_argument("-o", "--output", required=True, metavar="FOLDER", help="where records and graphs go")
    parser.add_argument("--vouch", default="vouch", metavar="FILE", help="the program, on this machine; it is sent to the workers")
    parser.add_argument("--installed", action="store_true", help="every worker has the program under that path")
    parser.add_argument("--format", choices=["jsonl", "parquet", "warc"], help="what all inputs hold, whatever their names")
    parser.add_argument("--columns", default="", metavar="LIST", help="columns of Parquet: text=content,outlet=publisher")
    parser.add_argument("--ontology", metavar="FOLDER", help="tables of your own, on this machine; they are sent to the workers")
    parser.add_argument(
        "--extract-options", default="", metavar="WORDS",
        help="more options of vouch extract: --extract-options='--plain --published 2026-01-31'")
    parser.add_argument("--shard-size", type=float, default=16, metavar="MIB", help="of JSON Lines and Parquet that is one task (16)")
    parser.add_argument("--batch-size", type=int, default=256, metavar="N", help="articles that are given to the program at a time (256)")
    parser.add_argument("--fan-in", type=int, default=256, metavar="N", help="graphs that are merged into one at a time (256)")
    parser.add_argument("--silence", type=float, default=300, metavar="SECONDS", help="without a record after which the program is ended (300)")
    parser.add_argument("--memory", type=int, default=4096, metavar="MIB", help="address space of the reading program (4096)")
    parser.add_argument("--records-only", action="store_true", help="make no graphs")
    found = parser.parse_args()
    columns = tuple(tuple(pair.split("=", 1)) for pair in found.columns.split(",") if pair)
    if any(len(pair) != 2 for pair in columns):
        parser.error("--columns: expected FIELD=COLUMN,…")
    if found.shard_size <= 0 or found.batch_size < 1 or found.fan_in < 2 or found.silence <= 0 or found.memory < 64:
        parser.error("sizes must be positive, --fan-in at least 2, --memory at least 64")
    vouch = found.vouch if found.installed else shutil.which(found.vouch)
    if not vouch:
        parser.error(f"--vouch: found no program {found.vouch}")
    return Settings(
        tuple(found.inputs), found.output, vouch, found.installed, found.format, columns, found.ontology,
        tuple(shlex.split(found.extract_options)), int(found.shard_size * (1 << 20)), found.batch_size, found.fan_in, found.silence,
        found.memory, not found.records_only)


def main():
    settings = arguments()
    spark = SparkSession.builder.appName("vouch").getOrCreate()
    try:
        summary = Pipeline(spark, settings).run()
    except (Refused, PySparkException, OSError) as error:
        print(f"vouch_spark: {error}", file=sys.stderr)
        return 2
    except Py4JJavaError as error:
        # What failed on the workers again and again; what is finished stays.
        print(f"vouch_spark: {error.java_exception.getMessage()}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    print(json.dumps(summary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
