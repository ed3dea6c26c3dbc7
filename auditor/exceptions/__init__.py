"""Decisions to set findings aside: read from a file of exceptions and from comments, applied to a report.

`read_exceptions` refuses a file that is not valid as a whole. `apply` is a pure function of a report: it marks the
findings that an exception covers and lists every exception, those without effect too.
"""

from .apply import apply
from .comments import Comment, find_comments
from .expired import EXCEPTION_EXPIRED, expired_outcomes
from .reading import ExceptionsError, ExceptionsFile, read_exceptions
from .record import RecordedException, Scope

__all__ = [
    "EXCEPTION_EXPIRED",
    "Comment",
    "ExceptionsError",
    "ExceptionsFile",
    "RecordedException",
    "Scope",
    "apply",
    "expired_outcomes",
    "find_comments",
    "read_exceptions",
]
