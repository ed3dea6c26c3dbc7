"""How a container starts mongod or mongos."""

import posixpath
import shlex
from typing import Final

from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Workload
from auditor.records import dataclass

from .images import Image

_PROGRAMS: Final = ("mongod", "mongos")
_ENTRYPOINTS: Final = frozenset(["docker-entrypoint.sh", "docker-entrypoint.py", "ps-entry.sh", "entrypoint.sh"])
_SHELLS: Final = frozenset(["sh", "bash", "ash", "dash"])


@dataclass(frozen=True)
class Invocation:
    """The program and the words after it; `by_image` where the image's own entrypoint handles them."""

    program: str
    words: tuple[Located[str], ...]
    by_image: bool


def invocation_of(workload: Workload, image: Image | None) -> Invocation | None:
    """Return how the container starts the server, None if it runs another program."""
    entrypoint, command = workload.entrypoint or (), workload.command or ()
    by_image = image is not None and (not entrypoint or _base(entrypoint[0]) in _ENTRYPOINTS)
    words = command if by_image else entrypoint + command
    if by_image:
        if image is not None and image.is_bitnami:
            return _bitnami_invocation(workload, command, image)
        if not words or _text(words[0]).startswith("-"):
            return Invocation("mongod", words, by_image=True)
        if _base(words[0]) == "mongod":
            return Invocation("mongod", words[1:], by_image=True)
    return _find_program(words, image)


def _bitnami_invocation(workload: Workload, command: tuple[Located[str], ...], image: Image) -> Invocation | None:
    if command and _base(command[0]) != "run.sh":
        return _find_program(command, image)
    extra = workload.environment.get("MONGODB_EXTRA_FLAGS")
    words: tuple[Located[str], ...] = ()
    if extra is not None and isinstance(extra.value, str):
        words = tuple(Located(value=word, at=extra.at) for word in extra.value.split())
    elif extra is not None:
        words = (Located(value=extra.value, at=extra.at),)
    return Invocation("mongod", words, by_image=True)


def _find_program(words: tuple[Located[str], ...], image: Image | None) -> Invocation | None:
    """Look for mongod or mongos among the words, or in the script of a shell's `-c`."""
    if words and _base(words[0]) in _SHELLS:
        words = _script_words(words)
    for index, word in enumerate(words):
        following = words[index + 1 :]
        if _base(word) in _PROGRAMS:
            return Invocation(_base(word), following, by_image=False)
        if _base(word) in _ENTRYPOINTS and following and _base(following[0]) in _PROGRAMS:
            return Invocation(_base(following[0]), following[1:], by_image=True)
        if _base(word) in _ENTRYPOINTS and image is not None and (not following or _text(following[0])[:1] == "-"):
            return Invocation("mongod", following, by_image=True)
    return None


def _script_words(words: tuple[Located[str], ...]) -> tuple[Located[str], ...]:
    """Return the words of the command in a shell's script that starts the server; `"$@"` is what follows the script."""
    index = next((i for i, word in enumerate(words) if i and not _text(word).startswith("-")), None)
    if index is None:
        return ()
    script = words[index]
    lexer = shlex.shlex(_text(script).replace("\\\n", " ").replace("\n", " ; "), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        tokens = list(lexer)
    except ValueError:
        return ()
    command: list[Located[str]] = []
    for token in [*tokens, ";"]:
        if token and token[0] in ";&|()<>":
            if any(_base(word) in _PROGRAMS or _base(word) in _ENTRYPOINTS for word in command):
                return tuple(command)
            command = []
        elif token in {"$@", "$*"}:
            command.extend(words[index + 2 :])  # the first word after the script is the shell's `$0`
        else:
            value = Unknown("a shell variable supplies it") if "$" in token or "`" in token else token
            command.append(Located(value=value, at=script.at))
    return ()


def _text(word: Located[str]) -> str:
    return word.value if isinstance(word.value, str) else ""


def _base(word: Located[str]) -> str:
    return posixpath.basename(_text(word))
