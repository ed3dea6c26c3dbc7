"""The levels of a configuration (http, server, location …) with what stands on each, and how values are inherited."""

from collections.abc import Iterator
from dataclasses import field

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

ACTIONS = frozenset(
    {
        "proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "memcached_pass", "stub_status",
        "empty_gif", "return", "rewrite", "try_files", "set", "break", "alias", "content_by_lua_block",
        "content_by_lua_file", "content_by_lua", "js_content", "perl", "flv", "mp4", "internal", "listen",
        "server_name", "include", "api", "random_index",
    }
)  # fmt: skip
"""Directives that a level does not take over from the one around it."""
LONE = "the block that includes this file is not in the scanned files"
"""Why the http block around a file that stands alone is open."""
_OPEN_TO_MAIN = frozenset({"error_log"})


@dataclass(frozen=True)
class Line:
    """A directive without a block, or a block's head; `conditional` where a template decides whether it is there."""

    name: str
    words: tuple[str | Unknown, ...] = field(repr=False)
    at: Location
    conditional: bool = False

    @property
    def word(self) -> str | Unknown:
        """The first word behind the name, "" if there is none."""
        return self.words[0] if self.words else ""

    def texts(self) -> tuple[str, ...] | Unknown:
        """Return all words, or Unknown if one of them is."""
        unknown = next((word for word in self.words if isinstance(word, Unknown)), None)
        return unknown if unknown is not None else tuple(word for word in self.words if isinstance(word, str))


@dataclass(eq=False)
class Level:
    """One block. `open` says why further lines may stand on it that are not known ("" if none do)."""

    kind: str
    words: tuple[str | Unknown, ...]
    at: Location
    parent: "Level | None" = None
    open: str = ""
    conditional: bool = False
    lines: list[Line] = field(default_factory=list[Line])
    blocks: list["Level"] = field(default_factory=list["Level"])

    def own(self, name: str) -> list[Line]:
        """Return the lines `name` on this level itself."""
        return [line for line in self.lines if line.name == name]

    def children(self, kind: str) -> list["Level"]:
        return [block for block in self.blocks if block.kind == kind]

    def _upwards(self, name: str) -> Iterator["Level"]:
        level: Level | None = self
        while level is not None:
            if level.kind != "main" or name in _OPEN_TO_MAIN:
                yield level
            level = None if name in ACTIONS else level.parent

    def in_force(self, name: str) -> list[Line] | Unknown:
        """Return the lines `name` in force: those of the innermost level that has any (none of the outer ones)."""
        for level in self._upwards(name):
            found = level.own(name)
            if any(line.conditional for line in found):
                return Unknown(f"a template decides on {name}")
            if level.open and (not found or name in ACCUMULATING):
                return Unknown(level.open)
            if found:
                return found
        return []

    def find(self, name: str) -> Line | Unknown | None:
        """Return the line of a directive that stands once, None where the default is in force."""
        found = self.in_force(name)
        if isinstance(found, Unknown):
            return found
        return found[-1] if found else None

    def text(self, name: str, default: str) -> str | Unknown:
        """Return the first word of a directive in force, or `default`."""
        found = self.find(name)
        if isinstance(found, Unknown):
            return found
        return default if found is None else found.word

    def flag(self, name: str, *, default: bool = False) -> bool | Unknown:
        """Return an on/off directive in force."""
        value = self.text(name, "on" if default else "off")
        return value if isinstance(value, Unknown) else value.lower() == "on"

    def walk(self) -> Iterator["Level"]:
        """Yield this level and all levels inside it."""
        yield self
        for block in self.blocks:
            yield from block.walk()


ACCUMULATING = frozenset(
    {
        "add_header", "proxy_set_header", "access_log", "allow", "deny", "limit_req", "error_page", "ssl_protocols",
        "fastcgi_param", "ssl_certificate", "set_real_ip_from", "proxy_hide_header", "error_log",
    }
)  # fmt: skip
"""Directives of which several stand on one level; the others may stand once and are refused twice."""
