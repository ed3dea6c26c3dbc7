"""What a container runs: a Redis server, Sentinel, or something else."""

import posixpath
from collections.abc import Sequence
from dataclasses import field

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass

from .images import Image, image_of
from .options import Argument
from .shell import commands

_SERVERS = {"redis-server": False, "valkey-server": False, "redis-sentinel": True, "valkey-sentinel": True}
_SHELLS = frozenset({"sh", "bash", "ash", "dash"})
_WRAPPERS = frozenset(
    {"exec", "tini", "dumb-init", "docker-entrypoint.sh", "gosu", "su-exec", "setpriv", "env", "nice"}
)


@dataclass(frozen=True)
class Invocation:
    """A server's command line behind the program's name. `image` tells what it is built from."""

    image: Image
    arguments: tuple[Argument, ...] = field(repr=False)
    is_sentinel: bool
    at: Location
    through_script: bool = True
    """Whether the image's own start script starts it, with what that adds."""


def invocation_of(workload: Workload) -> Invocation | None:
    """Return how the workload starts a server, None if it runs another program or that cannot be told."""
    image = image_of(workload)
    entrypoint, command = workload.entrypoint, workload.command
    words: list[Argument] = [(word.value, word.at) for word in (entrypoint or ()) + (command or ())]
    if not words:
        if not image.is_server:
            return None
        return Invocation(image, image.default_arguments(workload.at), image.is_sentinel, workload.at)
    if entrypoint is None and image.is_server and image.takes(words[0][0]):
        return Invocation(image, tuple(words), image.is_sentinel, words[0][1])
    return _program(words, image, workload)


def _program(words: Sequence[Argument], image: Image, workload: Workload) -> Invocation | None:
    for place, (word, at) in enumerate(words):
        if isinstance(word, Unknown):
            return None
        name = posixpath.basename(word)
        if name in _SERVERS:
            return _invocation(image, words[place + 1 :], at, is_sentinel=_SERVERS[name])
        if name in _SHELLS:
            return _script(words[place + 1 :], image, workload)
        if name == "docker-entrypoint.sh":
            rest = words[place + 1 :]
            if not rest:
                return Invocation(image, (), image.is_sentinel, at) if image.is_server else None
            if image.takes(rest[0][0]):
                return Invocation(image, tuple(rest), image.is_sentinel, at)
        elif name not in _WRAPPERS and not (place and _follows_wrapper(words[:place], word)):
            # The images' own start scripts end in the server with the arguments behind them.
            if name == "run.sh" and image.is_bitnami:
                return Invocation(image, tuple(words[place + 1 :]), image.is_sentinel, at)
            return None
    return None


def _follows_wrapper(before: Sequence[Argument], word: str) -> bool:
    """Tell whether `word` belongs to a wrapper: an option, an assignment, or the user name of gosu and su-exec."""
    last = before[-1][0]
    return (
        word.startswith("-")
        or "=" in word
        or last in {"gosu", "su-exec"}
        or (isinstance(last, str) and posixpath.basename(last) in {"gosu", "su-exec"})
    )


def _script(words: Sequence[Argument], image: Image, workload: Workload) -> Invocation | None:
    place = next((n for n, (word, _) in enumerate(words) if isinstance(word, str) and not word.startswith("-")), None)
    options = [word for word, _ in words[:place]] if place is not None else []
    if place is None or not any(isinstance(option, str) and option.endswith("c") for option in options):
        return None
    script, at = words[place]
    assert isinstance(script, str)
    variables = {name: variable.value for name, variable in workload.environment.items()}
    complete = workload.environment_open is None and not workload.templated
    for command in commands(script, variables, complete=complete):
        found = _program([(word, at) for word in command], image, workload)
        if found is not None:
            return found
    return None


def _invocation(image: Image, arguments: Sequence[Argument], at: Location, *, is_sentinel: bool) -> Invocation | None:
    if any(word in {"--version", "-v", "--help", "-h", "--test-memory", "--check-system"} for word, _ in arguments[:1]):
        return None
    sentinel = is_sentinel or any(word == "--sentinel" for word, _ in arguments)
    return Invocation(image, tuple(arguments), sentinel, at, through_script=False)
