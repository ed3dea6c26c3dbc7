"""How the program starts and ends."""

import gc
import os
import sys
from typing import NoReturn


def main() -> None:
    """Run the command line and exit with its code."""
    # A scan makes many objects and drops few: collecting garbage that often costs a third of its time. Importing the
    # commands makes many, too.
    gc.set_threshold(100_000, 20, 100)
    from .app import command  # noqa: PLC0415  # as above

    command()


def run() -> NoReturn:
    """Run the command line as a program of its own, and end the process.

    All output is written by then. Taking the interpreter down object by object would be a tenth of a small scan.
    """
    code: object = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code or 0
    if not isinstance(code, int):
        sys.exit(str(code))
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more: the interpreter knows how to end
        sys.exit(code)
    os._exit(code)
