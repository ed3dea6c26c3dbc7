"""The history: every run of a scan in a database, SQLite in a file or any that SQLAlchemy speaks to.

The database library is imported by `open_history`, so that a scan without a history does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import HistoryError

if TYPE_CHECKING:
    from .store import History

__all__ = ["HistoryError", "open_history"]

WAIT = 15.0
"""How long to wait, in seconds, for another process that is writing."""


def open_history(target: str, *, write: bool = False, wait: float = WAIT) -> History:
    """Open the history at `target`: the path of an SQLite file, or a URL of SQLAlchemy.

    With `write` what is not there yet is created.

    Raises:
        HistoryError: it cannot be reached, is no history, or is of a newer version of this program.
    """
    from .database import connect  # noqa: PLC0415  # start-up time
    from .store import History  # noqa: PLC0415  # start-up time

    return History(connect(target, write=write, wait=wait))
