"""The command line: one module per command, thin over `auditor.scan` and `auditor.reporters`."""

from .app import main

__all__ = ["main"]
