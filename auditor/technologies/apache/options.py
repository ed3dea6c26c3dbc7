"""Options and AllowOverride as sections add them up (`set_options` and `merge_core_dir_configs` of 2.4)."""

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .nodes import Node, Nodes, either

_ALL = frozenset({"indexes", "includes", "followsymlinks", "execcgi", "includesnoexec"})
_NAMES = _ALL | {"symlinksifownermatch", "multiviews"}
_DEFAULT = frozenset({"followsymlinks"})


@dataclass(frozen=True)
class Options:
    """The options in force, each with the line that put it there; `unsure` tells why they are not known."""

    names: frozenset[str] = _DEFAULT
    at: Location | None = None
    unsure: Unknown | None = None

    def has(self, name: str) -> bool | Unknown:
        return either(self.unsure, name in self.names)


def options_of(scopes: tuple[Nodes, ...]) -> Options:
    """Return the options in force after all sections."""
    current = Options()
    for scope in scopes:
        for node in scope:
            if node.name == "" and node.unsure is not None:
                current = Options(current.names, current.at, node.unsure)
            elif node.name == "options":
                current = _apply(current, node)
    return current


def _apply(current: Options, node: Node) -> Options:
    doubt = node.doubt()
    if doubt is not None:
        return Options(current.names, node.at, doubt)
    words = [word for word in node.lower() if isinstance(word, str)]
    relative = bool(words) and all(word[:1] in "+-" for word in words)
    names = set(current.names) if relative else set[str]()
    for word in words:
        name = word.lstrip("+-")
        group = _ALL if name == "all" else frozenset[str]() if name == "none" else frozenset({name})
        names = names - group if word.startswith("-") else names | group
    # A list without signs replaces whatever was there, known or not.
    return Options(frozenset(names), node.at, current.unsure if relative else None)


def is_refused(node: Node) -> bool:
    """Tell whether the server refuses an Options line: an unknown option, or some with a sign and some without."""
    words = [word for word in node.lower() if isinstance(word, str)]
    signed = [word[:1] in "+-" for word in words]
    after_all = bool(words) and words[0] in {"all", "none"}
    mixed = any(signed) and not all(signed) and not (after_all and all(signed[1:]))
    return mixed or any(word.lstrip("+-") not in _NAMES | {"all", "none"} for word in words)


def overrides_of(scopes: tuple[Nodes, ...]) -> tuple[frozenset[str] | None, Node | None] | Unknown:
    """Return what a .htaccess may hold, in lower case, and the line that says so; None where nothing says it."""
    found: tuple[frozenset[str] | None, Node | None] = (None, None)
    for scope in scopes:
        for node in scope:
            if node.name == "allowoverride":
                doubt = node.doubt()
                if doubt is not None:
                    return doubt
                words = frozenset(word.partition("=")[0] for word in node.lower() if isinstance(word, str))
                found = (words - {"none"}, node)
    return found
