"""A process that stores a run and says when; it is killed meanwhile."""

import sys
from pathlib import Path

import msgspec

from auditor.history import open_history
from auditor.model.report import Report

if __name__ == "__main__":
    store = open_history(sys.argv[1], write=True)
    report = msgspec.json.decode(Path(sys.argv[2]).read_bytes(), type=Report)
    sys.stdout.write("now\n")
    sys.stdout.flush()
    store.save(report)
    sys.stdout.write("done\n")
    sys.stdout.flush()
