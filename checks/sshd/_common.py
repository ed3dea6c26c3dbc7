"""What several checks of OpenSSH's server ask."""

from collections.abc import Callable, Iterator

from auditor.api import Location, UndecidedError, known
from auditor.technologies.sshd import Session, Sshd


def sessions_where(
    sshd: Sshd, judge: Callable[[Session], bool], *names: str, root: bool = False
) -> Iterator[tuple[Session, Location]]:
    """Yield the sessions that `judge` holds of, each with the place that decides, and each place once.

    `names` are the keywords that decide, the most telling one first. Lines that are not known may hold further Match
    blocks, so that without a session to yield the answer is not known either; nor is it where a session is not.
    """
    seen: set[Location] = set()
    undecided = sshd.hidden.reason if sshd.hidden is not None else ""
    for session in sshd.root_sessions if root else sshd.sessions:
        try:
            if known(session.flag("RefuseConnection")) or not judge(session):
                continue
        except UndecidedError as error:
            undecided = undecided or error.reason
            continue
        at = session.where(*names)
        if at not in seen:
            seen.add(at)
            yield session, at
    if not seen and undecided:
        raise UndecidedError(undecided)
