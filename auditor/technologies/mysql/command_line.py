"""The words behind `mysqld` or `mariadbd` (`handle_options` in `mysys/my_getopt.c`, `get_defaults_options`)."""

from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass

from .loader import Loaded
from .resolve import resolve
from .variables import VARIABLES

Argument = tuple[str | Unknown, Location]
_LETTERS = {"P": "port", "u": "user", "h": "datadir", "W": "log_warnings"}
_OTHER_WITH_VALUE = frozenset("bCLt")
_OTHER = frozenset("ars#Tv")
_FIRST = ("--no-defaults", "--defaults-file=", "--defaults-extra-file=", "--defaults-group-suffix=", "--login-path=")


@dataclass
class Defaults:
    """What the first words say about option files. None: the usual ones are read."""

    file: str | None = None
    extra: str | None = None
    suffix: str = ""
    none: bool = False
    at: Location | None = None
    rest: list[Argument] = field(default_factory=list[Argument])


def defaults_of(words: list[Argument]) -> Defaults:
    """Split off the options about option files; they count only before all others."""
    found = Defaults()
    place = 0
    while place < len(words):
        word, at = words[place]
        if not isinstance(word, str) or not word.startswith(_FIRST):
            break
        name, _, value = word.partition("=")
        if name == "--no-defaults":
            found.none = True
        elif name == "--defaults-file":
            found.file, found.at = value, at
        elif name == "--defaults-extra-file":
            found.extra, found.at = value, at
        elif name == "--defaults-group-suffix":
            found.suffix = value
        place += 1
    found.rest = words[place:]
    return found


def apply(loaded: Loaded, words: list[Argument]) -> None:
    """Apply the words of a command line without those about option files."""
    place = 0
    while place < len(words):
        word, at = words[place]
        following = words[place + 1] if place + 1 < len(words) else None
        place += 1
        if isinstance(word, Unknown) or HOLE in word.partition("=")[0]:
            loaded.cloud(Unknown("the command line holds a part that is not known"), at, Origin.FLAG)
        elif word.startswith("--") and len(word) > 2:
            place += _long(loaded, word[2:], at, following)
        elif word.startswith("-") and len(word) > 1 and word != "--":
            place += _short(loaded, word[1:], at, following)
        else:
            loaded.problems.append(Problem(at=at, message="expected options only; a value follows its option with ="))


def _long(loaded: Loaded, text: str, at: Location, following: Argument | None) -> int:
    name, equals, written = text.partition("=")
    value: str | Unknown | None = written if equals else None
    if HOLE in written:
        value = Unknown("a part of the argument is not known")
    option = resolve(name, loaded.product, loaded.version)
    variable = VARIABLES.get(option.name)
    takes = option.name in {"plugin_load", "plugin_load_add"} or (variable is not None and not variable.bare)
    takes = takes and option.prefix not in {"skip", "disable", "enable"}
    if equals or not takes or following is None:
        # An option that is not modelled may take the next word; what looks like a value is taken for one.
        taken = 0
        if not equals and following is not None and variable is None and not takes:
            word = following[0]
            taken = 0 if isinstance(word, Unknown) or word.startswith("-") else 1
        loaded.put(name, value, at, Origin.FLAG)
        return taken
    word, place = following
    loaded.put(
        name, word if isinstance(word, Unknown) or HOLE not in word else Unknown("not known"), place, Origin.FLAG
    )
    return 1


def _short(loaded: Loaded, letters: str, at: Location, following: Argument | None) -> int:
    for place, letter in enumerate(letters, 1):
        if letter in _LETTERS or letter in _OTHER_WITH_VALUE:
            attached = letters[place:]
            value = attached or (following[0] if following is not None else None)
            if letter in _LETTERS:
                loaded.put(_LETTERS[letter], value, at, Origin.FLAG)
            return 0 if attached or letter == "W" or following is None else 1
        if letter not in _OTHER:
            loaded.problems.append(Problem(at=at, message="expected an option of the server"))
            return 0
    return 0
