"""What several checks of Solr's permissions do alike."""

from collections.abc import Iterator

from auditor.api import Diagnostic, Severity, Unknown, fail, known, not_evaluated
from auditor.technologies.solr import Action, Solr, open_actions


def for_every_user(solr: Solr, actions: tuple[Action, ...], severity: Severity, expected: str) -> Iterator[Diagnostic]:
    """Report actions that are not kept for named roles; a server without any authorization is another check's."""
    security = known(solr.secured)
    rules = known(security.rules) if security is not None else None
    if security is None or rules is None:
        return
    found = list(open_actions(rules, actions))
    names = [str(each) for each in found if not isinstance(each, Unknown)]
    if names:
        listed = ", ".join(names[:5]) + (" and more" if len(names) > 5 else "")
        yield fail(
            f"Every user who can log in may {listed}",
            at=security.where("authorization"),
            severity=solr.exposure.scale(severity),
            expected=expected,
        )
    else:
        yield from (not_evaluated(each.reason) for each in found if isinstance(each, Unknown))
