"""Names of sections and what they may take over (`cfg_parse_listen` of HAProxy 2.6, `proxy_parse` of 3.5)."""

from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.model.fact import Problem
from auditor.model.unknown import HOLE

from .proxies import Proxy
from .sections import Line, Section, each

_RULES = frozenset({"http-request", "http-response", "http-after-response", "tcp-response"})
_TCP = frozenset({"connection", "session", "content"})


def names(sections: Sequence[Section]) -> Iterator[Problem]:
    """Yield sections without a name, with one that another has, or that take over from one that is not there."""
    seen: set[tuple[str, str]] = set()
    defaults = Counter[str]()
    for section in each(sections, "frontend", "backend", "listen", "userlist", "defaults"):
        if section.doubt or HOLE in section.name:
            defaults[section.name] += 1
            continue
        if not section.name and section.kind != "defaults":
            yield Problem(at=section.at, message=f"expected a name behind {section.kind}")
        if section.parent is not None and HOLE not in section.parent and defaults[section.parent] != 1:
            yield Problem(
                at=section.at, message="expected behind from the name of one defaults section before this one"
            )
        if section.kind == "defaults":
            defaults[section.name] += 1
        sides = {"listen": ("front", "back"), "frontend": ("front",), "backend": ("back",)}.get(section.kind, ())
        if any((side, section.name) in seen for side in sides):
            yield Problem(at=section.at, message="expected a name that no other proxy has")
        seen.update((side, section.name) for side in sides)


def inheritance(proxies: Sequence[Proxy], sections: Sequence[Section]) -> Iterator[Problem]:
    """Yield sections that take over from defaults with rules, where they may not.

    Rules in defaults may be for frontends or for backends, not for both, for `listen` or for other defaults.
    """
    users: dict[int, str] = {}
    with_rules = {section.order for section in each(sections, "defaults") if _rules(section)}
    for proxy in proxies:
        if proxy.parent is None or proxy.section.doubt or proxy.parent.order not in with_rules:
            continue
        kind = proxy.section.kind
        first = users.setdefault(proxy.parent.order, kind)
        if kind == "listen":
            yield Problem(at=proxy.at, message="expected a listen section to take over from defaults without rules")
        elif first not in {kind, "listen"}:
            message = "expected frontends and backends to take over from different defaults, since these have rules"
            yield Problem(at=proxy.at, message=message)
    named = {section.name: section for section in each(sections, "defaults") if section.name}
    for section in each(sections, "defaults"):
        parent = named.get(section.parent or "")
        if parent is not None and not section.doubt and parent.order in with_rules:
            yield Problem(at=section.at, message="expected defaults to take over from defaults without rules")


def _rules(section: Section) -> bool:
    return any(_is_rule(line) for line in section.lines if not line.doubt)


def _is_rule(line: Line) -> bool:
    return line.name in _RULES or (line.name == "tcp-request" and line.words[1:2] != () and line.words[1] in _TCP)
