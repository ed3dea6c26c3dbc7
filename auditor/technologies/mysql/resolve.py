"""Which variable an option means: prefixes, dashes, abbreviations (`handle_options` in `mysys/my_getopt.c`)."""

from dataclasses import dataclass

from .names import MARIADB_OPTIONS, MARIADB_VERSION
from .variables import REMOVED, VARIABLES, Version

_PREFIXES = ("skip", "disable", "enable", "maximum", "loose", "autoset")
_MYSQL_OWN = frozenset(name.replace("_", "-") for name, variable in VARIABLES.items() if variable.mysql) | frozenset(
    name.replace("_", "-") for name in REMOVED["mysql"]
)
_LISTS = ("plugin-load", "plugin-load-add", "early-plugin-load")
PLUGIN_OPTIONS = ("server-audit-", "simple-password-check-", "file-key-management-")
"""Options that MariaDB knows only while the plugin is loaded."""
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
    is_plugin: bool = False
    """Whether the option is there only while a plugin of MariaDB is loaded."""


def resolve(written: str, product: str, version: Version | None) -> Resolved:
    """Return what the option `written` (without its value) means to a server of this product and version."""
    name = written.lower().replace("_", "-")
    head, dot, tail = name[1:].partition(".")
    if product == "mariadb" and dot and tail:
        name = tail
    elif name[:1] + head == "validate-password" and tail:
        name = f"validate-password-{tail}"  # the component of MySQL 8.0 has a dot where the plugin of 5.7 has a dash
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
    return Resolved(found.replace("-", "_"), prefix, loose, is_plugin=found.startswith(PLUGIN_OPTIONS))


def _unknown(name: str, product: str, version: Version | None, *, loose: bool) -> Resolved:
    message = "expected an option that MariaDB 10.11 knows"
    is_certain = product == "mariadb" and version == MARIADB_VERSION and not loose
    return Resolved("", "", loose, message if is_certain else "", is_plugin=name.startswith(PLUGIN_OPTIONS))


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
    found = [option for option in MARIADB_OPTIONS if option.startswith(name)]
    return len(found), found[0] if found else ""
