"""Which program a container starts, and with which words: through wrappers, entrypoints and `sh -c`."""

import posixpath
import shlex
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from typing import Final

from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown
from auditor.model.workload import Located, Workload
from auditor.records import dataclass

_SHELLS: Final = frozenset({"sh", "bash", "ash", "dash"})
_WRAPPERS: Final = frozenset({"exec", "tini", "dumb-init", "env", "nice", "gosu", "su-exec", "setpriv"})
_BREAKS: Final = frozenset(";&|()<>")
_SUPPLIED: Final = "a shell variable supplies it"
Word = Located[str]


@dataclass(frozen=True)
class Program:
    """How a known image starts its server.

    `entrypoints` are the base names of the image's own start scripts. `takes` tells whether such a script puts the
    server's name before a command that starts with this word.
    """

    entrypoints: Collection[str] = ("docker-entrypoint.sh",)
    takes: Callable[[str], bool] = lambda word: word.startswith("-")


@dataclass(frozen=True)
class Start:
    """The words behind the server's name. `by_image` tells whether the image's own script starts it."""

    words: tuple[Word, ...] = field(repr=False)
    by_image: bool


def start_of(workload: Workload, names: Collection[str], image: Program | None) -> Start | None:
    """Return how the container starts one of the programs `names`, None if it runs another program.

    `image` is what is known of its image, None if the image is not one that starts this server by itself.
    """
    entrypoint, command = workload.entrypoint or (), workload.command or ()
    if image is not None and (not entrypoint or base(entrypoint[0]) in image.entrypoints):
        words = (*entrypoint[1:], *command)
        if not words or _is_taken(words[0], image):
            return Start(words, by_image=True)
        if base(words[0]) in names:
            return Start(words[1:], by_image=True)
        return _find(words, names, image)
    return _find((*entrypoint, *command), names, image)


def _find(words: Sequence[Word], names: Collection[str], image: Program | None) -> Start | None:
    for place, word in enumerate(words):
        name, rest = base(word), tuple(words[place + 1 :])
        if name in names:
            return Start(rest, by_image=False)
        if name in _SHELLS:
            return _in_script(rest, names, image)
        if image is not None and name in image.entrypoints:
            if not rest or _is_taken(rest[0], image):
                return Start(rest, by_image=True)
            return Start(rest[1:], by_image=True) if base(rest[0]) in names else _find(rest, names, image)
        if name not in _WRAPPERS and not (place and _belongs_to_wrapper(words[place - 1], word)):
            return None
    return None


def _belongs_to_wrapper(before: Word, word: Word) -> bool:
    """Tell whether `word` is an option or assignment, or the user that gosu and su-exec take."""
    text = word.value if isinstance(word.value, str) else ""
    return text.startswith("-") or "=" in text or base(before) in {"gosu", "su-exec"}


def _in_script(words: Sequence[Word], names: Collection[str], image: Program | None) -> Start | None:
    """Look into the script of a shell's `-c`."""
    place = next((i for i, word in enumerate(words) if not _text(word).startswith("-")), None)
    if place is None or not any(_text(word).endswith("c") for word in words[:place]):
        return None
    for command in _commands(words[place], words[place + 2 :]):
        found = _find(command, names, image)
        if found is not None:
            return found
    return None


def _commands(script: Word, arguments: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words of each simple command; what a variable or a substitution supplies is not known.

    `arguments` are the words behind the script and its `$0`, which `"$@"` stands for.
    """
    text = _text(script).replace("\\\n", " ").replace("\n", " ; ")
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        tokens = list(lexer)
    except ValueError:
        return
    command: list[Word] = []
    for token in tokens:
        if token and token[0] in _BREAKS:
            if command:
                yield command
            command = []
        elif token in {"$@", "$*"}:
            command.extend(arguments)
        else:
            command.append(Located(value=_settled(token), at=script.at))
    if command:
        yield command


def _settled(token: str) -> str | Unknown:
    """Return a word of a script, with what stands before the first thing that the shell puts in if there is one."""
    start = next((index for index, char in enumerate(token) if char in "$`"), None)
    return token if start is None else PartlyKnown(_SUPPLIED, token[:start] + HOLE)


def written(word: Word) -> str:
    """Return the text of a word, with a HOLE for each part that is not known."""
    if isinstance(word.value, PartlyKnown):
        return word.value.text
    return HOLE if isinstance(word.value, Unknown) else word.value


def _is_taken(word: Word, image: Program) -> bool:
    """Tell whether the image's script puts the server's name before this word, by as much of it as is known."""
    if isinstance(word.value, str):
        return image.takes(word.value)
    beginning = written(word).partition(HOLE)[0]
    return beginning != "" and image.takes(beginning)


def base(word: Word) -> str:
    """Return the last part of a path, "" for a word that is not known."""
    return posixpath.basename(_text(word))


def _text(word: Word) -> str:
    return word.value if isinstance(word.value, str) else ""
