"""What a container runs: a server with its options, or something else."""

import posixpath
import shlex
from collections.abc import Sequence
from dataclasses import field

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass

from .command_line import Argument
from .images import Image, image_of

_SERVERS = frozenset({"mysqld", "mariadbd", "mysqld_safe", "mariadbd-safe", "mysqld-debug"})
_SHELLS = frozenset({"sh", "bash", "ash", "dash"})
_WRAPPERS = frozenset({"exec", "tini", "dumb-init", "gosu", "su-exec", "setpriv", "env", "nice", "mysql", "--"})
_OTHER_PURPOSE = frozenset(
    {"--help", "-?", "--version", "-V", "--print-defaults", "--initialize", "--initialize-insecure"}
)
_SEPARATORS = frozenset({";", "&&", "||", "|", "&"})


@dataclass(frozen=True)
class Invocation:
    """A server's command line behind the program's name. `is_wrapped`: mysqld_safe has options of its own."""

    image: Image
    arguments: tuple[Argument, ...] = field(repr=False)
    at: Location
    through_script: bool = True
    """Whether the image's own start script starts it."""
    is_wrapped: bool = False


def invocation_of(workload: Workload) -> Invocation | None:
    """Return how the workload starts a server, None if it runs another program or that cannot be told."""
    image = image_of(workload)
    words: list[Argument] = [(word.value, word.at) for word in workload.arguments]
    if not words:
        return Invocation(image, (), workload.at) if image.is_server else None
    return _program(words, image, through_script=workload.entrypoint is None)


def _program(words: Sequence[Argument], image: Image, *, through_script: bool) -> Invocation | None:
    for place, (word, at) in enumerate(words):
        if isinstance(word, Unknown):
            return None
        name = posixpath.basename(word)
        if name in _SERVERS:
            return _invocation(image, words[place + 1 :], at, name, through_script=through_script)
        if name in _SHELLS:
            return _script(words[place + 1 :], image)
        if word.startswith("-") and image.is_server and _only_wrappers(words[:place]):
            return _invocation(image, words[place:], at, "mysqld", through_script=True)
        if name.endswith(("entrypoint.sh", "run.sh")):
            through_script = True
            if place + 1 == len(words):
                return Invocation(image, (), at) if image.is_server else None
        elif name not in _WRAPPERS or (name == "mysql" and not place):
            return None
    return None


def _only_wrappers(words: Sequence[Argument]) -> bool:
    return all(isinstance(word, str) and word.endswith(".sh") for word, _ in words)


def _invocation(
    image: Image, arguments: Sequence[Argument], at: Location, name: str, *, through_script: bool
) -> Invocation | None:
    if any(word in _OTHER_PURPOSE for word, _ in arguments):
        return None
    if not image.product and name.startswith("mariadb"):
        image = Image(product="mariadb")
    return Invocation(image, tuple(arguments), at, through_script, "safe" in name)


def _script(words: Sequence[Argument], image: Image) -> Invocation | None:
    """Find the server among the commands of `sh -c "…"`; words with a variable of the shell are not known."""
    place = next((n for n, (word, _) in enumerate(words) if isinstance(word, str) and not word.startswith("-")), None)
    if place is None or place == 0:
        return None
    script, at = words[place]
    assert isinstance(script, str)
    try:
        lexer = shlex.shlex(script, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        parts = list(lexer)
    except ValueError:
        return None
    starts = [number for number, part in enumerate(parts) if posixpath.basename(part) in _SERVERS]
    if not starts:
        return None
    start = starts[-1]
    rest = parts[start + 1 :]
    end = next((number for number, part in enumerate(rest) if part in _SEPARATORS), len(rest))
    unknown = Unknown("a part of the shell command is not known")
    arguments: list[Argument] = [(unknown if "$" in part or "`" in part else part, at) for part in rest[:end]]
    before = parts[start - 1] if start else ""
    return _invocation(
        image, arguments, at, posixpath.basename(parts[start]), through_script=before.endswith("entrypoint.sh")
    )
