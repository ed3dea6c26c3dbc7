"""What several checks of OpenSSH's server ask."""

from collections.abc import Callable, Iterator

from auditor.api import Location, UndecidedError, known
from auditor.technologies.sshd import Session, Sshd


def sessions_where(
    sshd: Sshd, judge: Callable[[Session], bool], *names: str, root: bool = False
) -> Iterator[tuple[Session, Location]]:
    """Yield the sessions that `judge` holds of, each with the place that decides, and each place once.

    `names` are the keywords that decide, the most telling one first. Lines that are not known may hold further Match
    blocks, so that without a session to yield the answer is not known either.
    """
    seen: set[Location] = set()
    for session in sshd.root_sessions if root else sshd.sessions:
        if known(session.flag("RefuseConnection")) or not judge(session):
            continue
        at = session.where(*names)
        if at not in seen:
            seen.add(at)
            yield session, at
    if not seen and sshd.hidden is not None:
        raise UndecidedError(sshd.hidden.reason)
