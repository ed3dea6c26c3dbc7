"""Services of PAM that an SSH server of the tree asks: who gets in through them is judged with that server."""

from collections.abc import Iterable
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.model.unknown import Unknown
from auditor.technologies.pam import PamService
from auditor.technologies.sshd import Sshd


def with_ssh_servers(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts, services of PAM with what is known of the SSH servers that ask them.

    The service `sshd` is judged with its server where that decides who gets in. A file that it includes is judged with
    it only where it lets people in through it; other programs include such files, too.
    """
    found = list(facts)
    own: set[str] = set()
    unasked: set[str] = set()
    included: set[str] = set()
    for server in found:
        pam = server.everyone.pam if isinstance(server, Sshd) and not server.refused else None
        if not isinstance(server, Sshd) or pam is None or server.hidden is not None:
            continue
        answers = [session.lets_anyone_in for session in server.sessions]
        is_open = any(answer is True for answer in answers)
        if is_open or not any(isinstance(answer, Unknown) for answer in answers):
            own.add(pam.at.path)
            included |= {pam.deciding.path} if is_open else set()
        if all(session.asks_pam is False for session in server.sessions):
            unasked.add(pam.at.path)
    return [_marked(fact, own, included, unasked) if isinstance(fact, PamService) else fact for fact in found]


def _marked(service: PamService, own: set[str], included: set[str], unasked: set[str]) -> PamService:
    path = service.at.path
    return replace(service, is_judged_with_sshd=path in own | included, is_asked=path not in unasked)
