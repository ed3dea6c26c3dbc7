"""Read a file of a repository that may be hostile."""

import os
import stat
from pathlib import Path


def read_regular(path: Path, limit: int) -> bytes:
    """Return a regular file's bytes, b"" if it is absent, larger than `limit`, a link or not readable."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
    except (OSError, ValueError):
        return b""
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return b""
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(limit)
    except OSError:
        return b""
    finally:
        os.close(descriptor)
