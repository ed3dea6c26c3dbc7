"""The command line: one module per command, thin over `auditor.scan` and `auditor.reporters`."""

from .program import main, run

__all__ = ["main", "run"]
