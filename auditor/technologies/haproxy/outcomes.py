"""What becomes of a request (`http_process_req_common` and `http_wait_for_request` of HAProxy 2.6).

Order: tcp-request rules, monitor-uri, http-request rules, statistics, redirect rules, the choice of a backend; then the
backend's own rules in the same order. Rules of named defaults come first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise

from auditor.model.numbers import whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .proxies import Proxy
from .requests import Request
from .sections import Line
from .statistics import Statistics, statistics_of


class Kind(Enum):
    """Who answers."""

    CLOSED = "the connection is closed"
    MONITOR = "monitor-uri"
    DENIED = "deny"
    LOGIN = "auth"
    REDIRECT = "redirect"
    RETURN = "return"
    STATISTICS = "statistics"
    METRICS = "prometheus-exporter"
    SERVERS = "servers"
    NOBODY = "no server"


@dataclass(frozen=True, eq=False)
class Outcome:
    """An answer: its status where HAProxy gives it, and the line that decides.

    `passed` are the proxies whose rules were asked; `doubts` are why rules that answer otherwise may have
    applied.
    """

    kind: Kind
    status: int = 0
    line: Line | None = None
    passed: tuple[Proxy, ...] = ()
    statistics: Statistics | None = None
    doubts: tuple[str, ...] = ()

    @property
    def backend(self) -> Proxy | None:
        """The proxy with the servers that answer."""
        return self.passed[-1] if self.kind is Kind.SERVERS else None


@dataclass
class _Course:
    """A request on its way through the rules."""

    request: Request
    doubts: tuple[str, ...] = ()
    passed: tuple[Proxy, ...] = ()

    def ends(self, kind: Kind, status: int = 0, line: Line | None = None) -> Outcome:
        return Outcome(kind, status, line, self.passed, doubts=self.doubts)

    def applies(self, proxy: Proxy, line: Line) -> bool | Unknown:
        return line.applies(proxy.acls(line), self.request)


PASSED_OVER = "releases before August 2024 ask these rules of the defaults only where the frontend has one of its own"
"""Why a tcp-request rule of a connection or session may not count (haproxy issue 2637; tried with 2.6.12)."""
_REFUSES = {"deny": Kind.DENIED, "tarpit": Kind.DENIED, "reject": Kind.CLOSED, "silent-drop": Kind.CLOSED}


def outcomes(frontend: Proxy, proxies: Sequence[Proxy], request: Request) -> Iterator[Outcome | Unknown]:
    """Yield what becomes of a request, more than one where it is not known which backend takes it.

    A rule that may answer instead is passed by, with a doubt; one that may send clients to https is not, since nothing
    can be said of clear text then.
    """
    course = _Course(request)
    answer = _tcp(course, frontend, "connection", "session", "content") or _rules(course, frontend)
    if answer is not None:
        yield answer
        return
    for backend in _backends(course, frontend, proxies):
        if isinstance(backend, Unknown):
            yield backend
        elif backend is None:
            has_servers = frontend.is_backend and any(frontend.own("server"))
            yield course.ends(Kind.SERVERS) if has_servers else course.ends(Kind.NOBODY, 503)
        else:
            onward = replace(course)
            yield _tcp(onward, backend, "content") or _rules(onward, backend) or _served(onward, backend)


def _served(course: _Course, backend: Proxy) -> Outcome:
    has_servers = any(line.name in {"server", "server-template", "dispatch"} for line in backend.section.lines)
    return course.ends(Kind.SERVERS) if has_servers or backend.open else course.ends(Kind.NOBODY, 503)


def _tcp(course: _Course, proxy: Proxy, *levels: str) -> Outcome | None:
    for level in levels:
        is_asked = level == "content" or any(proxy.own("tcp-request", level))
        for line in proxy.all("tcp-request", level):
            action = line.words[2] if len(line.words) > 2 else ""
            if action not in {"accept", "reject", "silent-drop"}:
                continue
            applied = course.applies(proxy, line)
            if isinstance(applied, Unknown):
                course.doubts += (applied.reason,)
            elif applied and action == "accept":
                break
            elif applied and is_asked:
                return course.ends(Kind.CLOSED, line=line)
            elif applied:
                course.doubts += (PASSED_OVER,)
    return None


def _rules(course: _Course, proxy: Proxy) -> Outcome | Unknown | None:
    """Return who answers by the rules of one proxy, None if they let the request pass."""
    course.passed += (proxy,)
    monitor = proxy.last("monitor-uri")
    if isinstance(monitor, Line) and proxy.is_frontend and monitor.word(1) == course.request.path.partition("?")[0]:
        return course.ends(Kind.MONITOR, 200, monitor)
    found = _http_request(course, proxy)
    if found is not None:
        return found
    statistics = statistics_of(proxy)
    if isinstance(statistics, Unknown):
        return statistics
    if statistics is not None:
        answer = _statistics(course, statistics)
        if answer is not None:
            return answer
    for line in proxy.all("redirect"):
        applied = course.applies(proxy, line)
        if isinstance(applied, Unknown):
            return applied
        if applied:
            return course.ends(Kind.REDIRECT, redirect_status(line.words), line)
    if proxy.section.open:
        return Unknown(proxy.section.open)
    return None


def _statistics(course: _Course, statistics: Statistics) -> Outcome | Unknown | None:
    asked = statistics.is_asked(course.request)
    if isinstance(asked, Unknown) or not asked:
        return asked if isinstance(asked, Unknown) else None
    status = statistics.status(course.request)
    if isinstance(status, Unknown):
        return status
    kind = {401: Kind.LOGIN, 403: Kind.DENIED}.get(status, Kind.STATISTICS)
    return replace(course.ends(kind, status), statistics=statistics)


def _http_request(course: _Course, proxy: Proxy) -> Outcome | Unknown | None:
    for line in proxy.all("http-request"):
        action = line.words[1] if len(line.words) > 1 else ""
        if action not in {*_REFUSES, "allow", "auth", "redirect", "return", "use-service"}:
            continue
        applied = course.applies(proxy, line)
        if isinstance(applied, Unknown):
            if action == "redirect" and any("https" in word for word in line.words):
                return applied
            course.doubts += (applied.reason,)
        elif applied:
            return None if action == "allow" else _answered(course, line, action)
    return None


def _answered(course: _Course, line: Line, action: str) -> Outcome | Unknown:
    words = line.words
    if action in _REFUSES:
        return course.ends(_REFUSES[action], _number(words, ("deny_status", "status"), 403), line)
    if action == "auth":
        return course.ends(Kind.LOGIN, 401, line)
    if action == "redirect":
        return course.ends(Kind.REDIRECT, redirect_status(words), line)
    if action == "return":
        return course.ends(Kind.RETURN, _number(words, ("status",), 200), line)
    if words[2:3] == ("prometheus-exporter",):
        return course.ends(Kind.METRICS, 200, line)
    return Unknown("a service in another language answers")


def redirect_status(words: Sequence[str]) -> int:
    """Return the status of a redirect rule; 302 where none is given."""
    return _number(words, ("code",), 302)


def _number(words: Sequence[str], names: tuple[str, ...], default: int) -> int:
    for name, value in pairwise(words):
        if name in {"if", "unless"}:
            break
        number = whole_number(value) if name in names else None
        if number is not None:
            return number
    return default


def _backends(course: _Course, frontend: Proxy, proxies: Sequence[Proxy]) -> Iterator[Proxy | Unknown | None]:
    """Yield the backends that may take the request: None stands for the frontend's own servers."""
    for line in frontend.own("use_backend"):
        applied = course.applies(frontend, line)
        if applied is False:
            continue
        yield _named(line.word(1), proxies)
        if applied is True:
            return
    default = frontend.text("default_backend")
    yield None if default is None else _named(default, proxies)


def _named(name: str | Unknown, proxies: Sequence[Proxy]) -> Proxy | Unknown:
    if isinstance(name, Unknown) or "%[" in name:
        return name if isinstance(name, Unknown) else Unknown("the request names the backend")
    found = next((proxy for proxy in proxies if proxy.is_backend and proxy.name == name), None)
    return found or Unknown(f"the backend {name} is not in the scanned files")
