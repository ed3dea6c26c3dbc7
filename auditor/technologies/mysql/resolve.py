"""Which variable an option means: prefixes, dashes, abbreviations (`handle_options` in `mysys/my_getopt.c`)."""

from bisect import bisect_left
from functools import lru_cache

from auditor.records import dataclass

from .names import MARIADB_OPTIONS, MARIADB_VERSION
from .plugins import PLUGIN_OPTIONS
from .variables import REMOVED, VARIABLES, Version

_LONGEST_NAME = 500
"""Characters of a name looked at; a server reads lines of at most 4095 bytes, and options are far shorter."""
_SORTED = sorted(MARIADB_OPTIONS)
_PREFIXES = ("skip", "disable", "enable", "maximum", "loose", "autoset")
_MYSQL_OWN = frozenset(name.replace("_", "-") for name, variable in VARIABLES.items() if variable.mysql) | frozenset(
    name.replace("_", "-") for name in REMOVED["mysql"]
)
_LISTS = ("plugin-load", "plugin-load-add", "early-plugin-load")
_PLUGIN_VARIABLES = frozenset(
    name.replace("_", "-") for name in VARIABLES if name.replace("_", "-").startswith(PLUGIN_OPTIONS)
)


@dataclass(frozen=True)
class Resolved:
    """An option's full name with underscores, "" if the name is not known. `prefix` is what skip- or enable- say."""

    name: str
    prefix: str = ""
    loose: bool = False
    refused: str = ""
    """What was expected, where the server does not start with this name."""
    asked: str = ""
    """The name with dashes, if the option is not known or is there only while a plugin of MariaDB is loaded."""


@lru_cache(maxsize=4096)
def resolve(written: str, product: str, version: Version | None) -> Resolved:
    """Return what the option `written` (without its value) means to a server of this product and version."""
    name = written[:_LONGEST_NAME].lower().replace("_", "-")
    _, _, tail = name[1:].partition(".")
    # MariaDB takes what stands before a dot for the name of a key cache; MySQL 8.0 names variables of components so.
    name = tail if product == "mariadb" and tail else name.replace("validate-password.", "validate-password-")
    loose = False
    prefix = ""
    count, found = _find(name, product)
    while not count:
        word = next((each for each in _PREFIXES if name.startswith(f"{each}-")), None)
        if word is None:
            return _unknown(name, product, version, loose=loose)
        name = name[len(word) + 1 :]
        loose = loose or word == "loose"
        count, found = _find(name, product)
        if count and word != "loose":
            prefix = word
    if count > 1:
        message = "expected the full name of an option, because several begin like this"
        return Resolved("", prefix, loose, message if product == "mariadb" else "")
    gone = REMOVED.get(product, {}).get(found.replace("-", "_"))
    if gone is not None and version is not None and version >= gone and not loose:
        since = f"{gone[0]}.{gone[1]}"
        return Resolved(
            found.replace("-", "_"),
            prefix,
            loose,
            f"expected an option that is still there; {found} is gone since {since}",
        )
    return Resolved(found.replace("-", "_"), prefix, loose, asked=found if found.startswith(PLUGIN_OPTIONS) else "")


def _unknown(name: str, product: str, version: Version | None, *, loose: bool) -> Resolved:
    message = "expected an option that MariaDB 10.11 knows"
    is_certain = product == "mariadb" and version == MARIADB_VERSION and not loose
    return Resolved("", "", loose, message if is_certain else "", asked=name)


def _find(name: str, product: str) -> tuple[int, str]:
    """Return how many options the name may mean, and the one it means.

    MySQL 8.0 takes full names only (its `findopt` compares the whole name); MariaDB takes a beginning that is unique.
    """
    if product != "mariadb" and (name in _MYSQL_OWN or name in _LISTS):
        return 1, name
    if product != "mysql" and (name in MARIADB_OPTIONS or name in _PLUGIN_VARIABLES):
        return 1, name
    if product != "mariadb":
        return 0, ""
    place = bisect_left(_SORTED, name)
    count = 0
    while count < 2 and place + count < len(_SORTED) and _SORTED[place + count].startswith(name):
        count += 1
    return count, _SORTED[place] if count else ""
