"""Which location answers a path (`ngx_http_core_find_location`, nginx 1.22-1.29)."""

from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .levels import Level
from .patterns import matches

_SIGNS = ("=", "^~", "~*", "~", "@")


@dataclass(frozen=True)
class Head:
    """What stands between `location` and its brace: a sign (`=`, `^~`, `~`, `~*`, `@` or none) and the path."""

    sign: str
    path: str

    @property
    def is_regex(self) -> bool:
        return self.sign in {"~", "~*"}

    def __str__(self) -> str:
        return f"location {self.sign} {self.path}" if self.sign not in {"", "@"} else f"location {self.sign}{self.path}"


def head_of(location: Level) -> Head | Unknown:
    """Read a location's head; the sign may be glued to the path."""
    words = location.words
    unknown = next((word for word in words if isinstance(word, Unknown)), None)
    if unknown is not None:
        return unknown
    texts = [word for word in words if isinstance(word, str)]
    if len(texts) == 2:
        return Head(texts[0], texts[1])
    text = texts[0] if texts else ""
    sign = next((sign for sign in _SIGNS if text.startswith(sign)), "")
    return Head(sign, text.removeprefix(sign))


def location_for(level: Level, path: str) -> Level | Unknown:
    """Return the location that answers a normalised path, or `level` itself (a server) if none does."""
    found, _ = _search(level, path)
    return found


def _search(level: Level, path: str) -> tuple[Level | Unknown, bool]:
    """Return the level for the path below `level`, and whether the search ends there (exact or by expression)."""
    heads: list[tuple[Head, Level]] = []
    for block in level.children("location"):
        head = head_of(block)
        if isinstance(head, Unknown) or block.conditional:
            return head if isinstance(head, Unknown) else Unknown("a template decides on a location"), True
        heads.append((head, block))
    if level.open:
        return Unknown(level.open), True
    best: tuple[Head, Level] | None = None
    for head, block in heads:
        if head.sign == "=" and path == head.path:
            return block, True
        if (
            head.sign in {"", "^~"}
            and path.startswith(head.path)
            and (best is None or len(head.path) > len(best[0].path))
        ):
            best = (head, block)
    found: Level | Unknown = level
    if best is not None:
        found, ended = _search(best[1], path)
        if ended or best[0].sign == "^~":
            return found, ended
    for head, block in heads:
        if not head.is_regex:
            continue
        answer = matches(head.path, path, ignore_case=head.sign == "~*")
        if isinstance(answer, Unknown):
            return answer, True
        if answer:
            return _search(block, path)[0], True
    return found, False
