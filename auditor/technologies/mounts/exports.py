"""/etc/exports: which folders the NFS server gives to whom.

Source: exports(5) of nfs-utils 2.6: a client's options stand behind it in parentheses, with no blank between; options
behind a blank are those of every host. Without options an export is read only, root is squashed, `sec=sys`.
"""

from collections.abc import Iterator

from auditor.formats.template import is_templated, mask
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Document

_ITEM = lazy(r"(?P<client>[^\s()]*)\((?P<options>[^)\n]*)\)|(?P<bare>[^\s()]+)")
_PATH = lazy(r'[ \t]*(?:"(?P<quoted>[^"\n]*)"|(?P<plain>/\S*))')
_COMMENT = lazy(r"(?:^|(?<=[ \t]))#.*")
_EVERYBODY = frozenset({"", "*", "0.0.0.0/0", "0/0", "::/0", "0.0.0.0/0.0.0.0"})
_LOCAL = frozenset({"localhost", "127.0.0.1", "127.0.0.0/8", "::1", "127.0.0.1/32"})


@dataclass(frozen=True, kw_only=True)
class NfsExport(Fact):
    """One folder for one client ("" and `*` are every host). `options` are in the order in which they are written."""

    path: str
    client: str
    options: tuple[str, ...]

    @property
    def is_for_everybody(self) -> bool:
        return self.client in _EVERYBODY

    @property
    def is_local(self) -> bool:
        return self.client in _LOCAL

    def last_of(self, *names: str) -> str | Unknown | None:
        """Return the last of some options that contradict each other, None where there is none of them."""
        if any(HOLE in option for option in self.options):
            return Unknown("a template supplies options")
        return next((option for option in reversed(self.options) if option.partition("=")[0] in names), None)

    @property
    def is_writable(self) -> bool | Unknown:
        value = self.last_of("rw", "ro")
        return value if isinstance(value, Unknown) else value == "rw"

    @property
    def trusts_root(self) -> bool | Unknown:
        """Whether root of the client is root on the exported files."""
        root, everybody = self.last_of("root_squash", "no_root_squash"), self.last_of("all_squash", "no_all_squash")
        user = self.last_of("anonuid")
        if isinstance(root, Unknown) or isinstance(everybody, Unknown) or isinstance(user, Unknown):
            return Unknown("a template supplies options")
        if everybody == "all_squash" or root != "no_root_squash":
            return user == "anonuid=0"
        return True

    @property
    def flavours(self) -> tuple[str, ...] | Unknown:
        """The kinds of security that clients may choose from."""
        if any(HOLE in option for option in self.options):
            return Unknown("a template supplies options")
        named = [option.removeprefix("sec=").split(":") for option in self.options if option.startswith("sec=")]
        return tuple(name for names in named for name in names) or ("sys",)

    @property
    def is_encrypted(self) -> bool | Unknown:
        """Whether every client must encrypt: by Kerberos with privacy, or by TLS (nfs-utils 2.6.4)."""
        flavours, transport = self.flavours, self.last_of("xprtsec")
        if isinstance(flavours, Unknown) or isinstance(transport, Unknown):
            return Unknown("a template supplies options")
        transports = set((transport or "xprtsec=none").removeprefix("xprtsec=").split(":"))
        return set(flavours) == {"krb5p"} or transports <= {"tls", "mtls"}


@dataclass(frozen=True, kw_only=True)
class ExportTable(Document):
    """The exports of a file in its order: path, client, options, place."""

    rows: tuple[tuple[str, str, tuple[str, ...], Location], ...] = ()


def read_exports(source: Source) -> ExportTable:
    """Read a file; never raises."""
    text, partial = source.text, ""
    if is_templated(text):
        text, partial = mask(text)[0], "template expressions"
    return ExportTable(source=source, rows=tuple(_rows(source, text)), partial=partial)


def _rows(source: Source, text: str) -> Iterator[tuple[str, str, tuple[str, ...], Location]]:
    path, defaults, continued = "", tuple[str, ...](), False
    for number, raw in enumerate(text.split("\n"), 1):
        line = _COMMENT.sub("", raw)
        start = 0
        if not continued:
            match = _PATH.match(line)
            if match is None:
                continue
            path, defaults, start = match["quoted"] or match["plain"], (), match.end()
        continued = line.rstrip().endswith("\\")
        items = list(_ITEM.finditer(line.rstrip().removesuffix("\\"), start))
        for item in items:
            at = source.at(number, item.start() + 1, number, item.end())
            if (bare := item["bare"]) is not None:
                if bare.startswith("-"):
                    defaults = _split(bare[1:])
                else:
                    yield path, bare, defaults, at
            else:
                yield path, item["client"], (*defaults, *_split(item["options"])), at
        if not items and not continued and start:
            yield path, "", defaults, source.at(number)


def _split(text: str) -> tuple[str, ...]:
    return tuple(option.strip() for option in text.split(",") if option.strip())
