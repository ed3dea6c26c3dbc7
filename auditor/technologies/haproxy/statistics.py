"""The statistics page of a proxy (`stats …`; `cfgparse-listen.c` and `check_config_validity` of HAProxy 2.6)."""

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .acl import Acls
from .proxies import Proxy
from .requests import Request
from .sections import Line

DEFAULT_URI = "/haproxy?stats"


@dataclass(frozen=True, eq=False)
class Statistics:
    """The page: `rules` are its access rules in order, `users` those of `stats auth`; there is only one of the two.

    `at` is the line that puts it there.
    """

    uri: str | Unknown
    users: tuple[Line, ...]
    rules: tuple[Line, ...]
    admin: tuple[Line, ...]
    acls: Acls
    at: Location

    def is_asked(self, request: Request) -> bool | Unknown:
        """Return whether a request is for the page, which other methods than these pass by."""
        if isinstance(self.uri, Unknown):
            return self.uri
        return request.method in {"GET", "HEAD", "POST"} and request.path.startswith(self.uri)

    def status(self, request: Request) -> int | Unknown:
        """Return the status of a request for the page: 200, 401 or 403."""
        for rule in self.rules:
            applied = rule.applies(self.acls, request)
            if isinstance(applied, Unknown):
                return applied
            if applied:
                return {"deny": 403, "auth": 401}.get(rule.words[2], 200)
        return 200 if request.logged_in or not self.users else 401

    def may_change(self, request: Request) -> bool | Unknown:
        """Return whether a request may switch servers on and off."""
        answers = [rule.applies(self.acls, request) for rule in self.admin]
        if any(answer is True for answer in answers):
            return True
        return next((answer for answer in answers if isinstance(answer, Unknown)), False)


def statistics_of(proxy: Proxy) -> Statistics | Unknown | None:
    """Return the page of a proxy, None if it has none.

    Any `stats` line switches it on. A proxy with a line of its own takes over none of its defaults.
    """
    lines = list(proxy.own("stats"))
    if not lines and proxy.section.open:
        return Unknown(proxy.section.open)
    if not lines:
        lines = [line for line in proxy.inherited if line.name == "stats"]
        if not lines:
            return Unknown(proxy.open) if proxy.open else None
    doubt = next((line.doubt for line in lines if line.doubt), "")
    if doubt:
        return Unknown(doubt)
    uris = [line.word(2) for line in lines if line.starts("stats", "uri")]
    return Statistics(
        uri=uris[-1] if uris else DEFAULT_URI,
        users=tuple(line for line in lines if line.starts("stats", "auth")),
        rules=tuple(line for line in lines if line.starts("stats", "http-request") and len(line.words) > 2),
        admin=tuple(line for line in lines if line.starts("stats", "admin")),
        acls=proxy.acls(lines[0]),
        at=next((line.at for line in lines if line.words[1:2] in {("enable",), ("uri",)}), lines[0].at),
    )
