"""For spark-submit, which wants a file: the same as python -m vouch_spark."""

import sys

from vouch_spark.__main__ import main

sys.exit(main())
