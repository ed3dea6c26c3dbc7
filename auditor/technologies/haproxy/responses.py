"""The headers that HAProxy puts into answers (`http-response` and `http-after-response`, configuration manual 2.6)."""

from collections.abc import Iterator

from auditor.model.unknown import Unknown

from .outcomes import Kind, Outcome
from .proxies import Proxy
from .requests import Request
from .sections import Line


def header(outcome: Outcome, name: str, request: Request) -> str | Unknown | None:
    """Return a header that HAProxy itself sets in an answer, None if it sets none.

    `http-response` rules see answers of servers only, first those of the backend; `http-after-response` rules see all
    answers.
    """
    value: str | Unknown | None = None
    for proxy, line in _rules(outcome):
        action, named = line.words[1], line.words[2].lower()
        if named != name:
            continue
        applied = line.applies(proxy.acls(line), request)
        if isinstance(applied, Unknown):
            value = applied
        elif applied:
            value = None if action == "del-header" else line.word(3)
    return value


def _rules(outcome: Outcome) -> Iterator[tuple[Proxy, Line]]:
    proxies = tuple(dict.fromkeys(reversed(outcome.passed)))
    keywords = ("http-response", "http-after-response") if outcome.kind is Kind.SERVERS else ("http-after-response",)
    for keyword in keywords:
        for proxy in proxies:
            for line in proxy.all(keyword):
                if len(line.words) > 2 and line.words[1] in {"set-header", "add-header", "del-header"}:
                    yield proxy, line
