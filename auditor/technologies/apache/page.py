"""What stands at a URL path of a virtual host: who is let in, options, headers and handlers."""

from dataclasses import field
from functools import cached_property

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .access import BROKEN, OK, Access, access_of
from .access_rules import Client
from .headers import Header, headers_of
from .nodes import Node, Nodes, last
from .options import Options, options_of

STRANGER = "203.0.113.9"
"""An address of nobody's (RFC 5737), for "a client from anywhere"."""


@dataclass(frozen=True)
class Page:
    """What stands at a URL path of a host, with the directives in force there, section by section."""

    url: str
    file: str | Unknown | None
    scopes: tuple[Nodes, ...] = field(repr=False)
    at: Location

    @cached_property
    def access(self) -> Access:
        """Who is let in."""
        return access_of(self.scopes)

    @property
    def replaced(self) -> Location | None:
        """The line of a Require for some clients that a section of Location takes out of force, None if there is none.

        The sections of a page come walk by walk, with an empty one between the walks: the first walk is that of the
        folders.
        """
        walks = list(self.scopes)
        end = walks.index(()) if () in walks else len(walks)
        folders = access_of(self.scopes[:end])
        if end == len(walks) or not folders.restricts or folders.rules is None:
            return None
        if folders.status(Client(STRANGER, tls=True)) in {OK, BROKEN}:
            return None
        return folders.rules.rules()[0].at

    @property
    def cookie_edits(self) -> list[tuple[Node, bool]]:
        """The lines that edit Set-Cookie, each with whether it edits the table for `always`."""
        return [
            (node, str(node.lower()[0]) == "always")
            for scope in self.scopes
            for node in scope
            if node.name == "header" and _edits_cookies([str(word) for word in node.lower()])
        ]

    @cached_property
    def options(self) -> Options:
        """The options in force."""
        return options_of(self.scopes)

    def headers(self, name: str) -> tuple[Header, ...] | Unknown:
        """Return the values that a header of a successful answer has."""
        return headers_of(name, self.scopes)

    def possible_headers(self, name: str) -> tuple[Header, ...] | Unknown:
        """Return the values that a header can have, where conditions hold."""
        return headers_of(name, self.scopes, conditions_hold=True)

    def last(self, name: str) -> Node | Unknown | None:
        """Return the directive of that name in force here, None if nothing sets it."""
        return last(name, *self.scopes)

    def handler(self, ending: str) -> Node | Unknown | None:
        """Return the line that makes a file with this ending run as a program, None if nothing does."""
        if any(
            node.name in {"php_flag", "php_admin_flag"} and node.lower()[:2] in {("engine", "off"), ("engine", "0")}
            for scope in self.scopes
            for node in scope
        ) and ending.startswith(".php"):
            return None
        found: Node | None = None
        for scope in self.scopes:
            for node in scope:
                words = [word if isinstance(word, str) else "" for word in node.lower()]
                if node.name == "sethandler" and words:
                    if node.unsure is not None:
                        return node.unsure
                    found = node if _runs(words[0]) else None
                elif node.name in {"addhandler", "addtype"} and len(words) > 1 and _runs(words[0]):
                    if ending in {"." + word.lstrip(".") for word in words[1:]}:
                        found = node
                elif node.name in {"removehandler", "removetype"} and ending in {
                    "." + word.lstrip(".") for word in words
                }:
                    found = None
        is_cgi = found is not None and "cgi-script" in str(found.word(0)).lower()
        if is_cgi and self.options.has("execcgi") is not True:
            return self.options.unsure
        return found

    def is_open(self, *, tls: bool = True) -> bool | Unknown:
        """Tell whether a client from anywhere gets in without a log-in."""
        status = self.access.status(Client(STRANGER, tls=tls))
        return status if isinstance(status, Unknown) else status == OK


def _edits_cookies(words: list[str]) -> bool:
    words = [*words, "", "", ""]
    action, name = (words[1:3] if words[:1] in (["always"], ["onsuccess"]) else words)[:2]
    return action in {"edit", "edit*"} and name.rstrip(":") == "set-cookie"


def _runs(handler: str) -> bool:
    """Tell whether a handler or type runs the file."""
    return (
        handler in {"cgi-script", "fcgid-script", "server-parsed"} or "php" in handler or handler.startswith("proxy:")
    )
