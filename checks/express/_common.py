"""What several checks of Express ask."""

from auditor.api import known
from auditor.technologies.javascript import ExpressCall


def is_session(call: ExpressCall) -> bool:
    """Tell whether a call sets up sessions."""
    return call.name in {"express-session", "cookie-session"}


def cookie_option(call: ExpressCall, name: str) -> object:
    """Return an attribute of the session's cookie, None where it is not given.

    Raises:
        UndecidedError: code decides it.
    """
    path = ("cookie", name) if call.name == "express-session" else (name,)
    return known(call.option(*path))


def is_sent_over_http(call: ExpressCall) -> bool:
    """Tell whether the session's cookie goes out without Secure although the browser speaks https.

    Raises:
        UndecidedError: code decides it.
    """
    secure = cookie_option(call, "secure")
    # cookie-session takes the connection's own protocol where it is not told.
    return secure is False or (secure is None and call.name == "express-session")
