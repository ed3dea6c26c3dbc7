"""The .htaccess files of folders (`ap_parse_htaccess` of 2.4)."""

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.document import FileView

from .loader import Loader
from .nodes import Node, Nodes
from .options import overrides_of

_CLASSES = {
    "authconfig": frozenset(
        "require requireall requireany requirenone authtype authname authuserfile authgroupfile authmerging "
        "authbasicprovider authdigestprovider satisfy".split()
    ),
    "limit": frozenset("order allow deny satisfy".split()),
    "options": frozenset(["options"]),
    "indexes": frozenset("indexoptions directoryindex addicon indexignore".split()),
    "fileinfo": frozenset(
        "header requestheader sethandler addhandler addtype forcetype redirect redirectmatch rewriteengine rewriterule "
        "rewritecond errordocument".split()
    ),
}  # fmt: skip
_ANYWHERE = {"files", "filesmatch", "ifmodule", "limit", "limitexcept", "if", "else", "elseif", ""}


class HtaccessFiles:
    """Reads the .htaccess of a folder, each once."""

    def __init__(self, view: FileView, loader: Loader) -> None:
        self._view = view
        self._loader = loader
        self._read: dict[str, Nodes] = {}

    def __call__(self, folder: str, scopes: tuple[Nodes, ...]) -> Nodes:
        """Return what the folder's .htaccess adds to the sections merged so far."""
        overrides = overrides_of(scopes)
        if isinstance(overrides, Unknown) or (overrides[0] is not None and not overrides[0]):
            return ()
        nodes = self._nodes(folder)
        if not nodes:
            return ()
        allowed = overrides[0] or frozenset[str]()
        refused = next((node for node in _flat(nodes) if not _is_allowed(node, allowed)), None)
        return nodes if refused is None else (Node(name="refused-override", at=refused.at),)

    def _nodes(self, folder: str) -> Nodes:
        if folder not in self._read:
            found = self._view.open(f"{folder.rstrip('/')}/.htaccess")
            problems = len(self._loader.problems)
            self._read[folder] = self._loader.load(found) if isinstance(found, Source) else ()
            del self._loader.problems[problems:]
        return self._read[folder]


def _flat(nodes: Nodes) -> list[Node]:
    return [each for node in nodes for each in (node, *(_flat(node.block) if node.block is not None else ()))]


def _is_allowed(node: Node, allowed: frozenset[str]) -> bool:
    if "all" in allowed or node.name in _ANYWHERE:
        return True
    classes = {name for name, names in _CLASSES.items() if node.name in names}
    return bool(classes & allowed) if classes else bool(allowed)
