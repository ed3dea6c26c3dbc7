"""One release of a third-party chart, as the files of the tree declare it."""

from typing import TypeVar

from auditor.formats.tree import Mapping
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .values import Values

T = TypeVar("T")
_VERSION = lazy(r"[v=\s]*(?P<major>\d{1,4})(?:\.(?P<minor>\d{1,4}|[xX*]))?(?:\.[\dxX*][\w.+-]*)?\s*")
_CARET = lazy(r"(?:\^|~>?)\s*(?P<major>\d{1,4})(?=[.\s]|$)[\w.*+-]*\s*")
_BETWEEN = lazy(r">=?\s*(?P<low>\d{1,4})(?:\.[\w.*+-]*)?[\s,]*<\s*(?P<high>\d{1,4})(?:\.0)*(?:-0)?\s*")
_SPAN = lazy(r"(?P<low>\d{1,4})\.[\w.]*\s+-\s+(?P<high>\d{1,4})\.[\w.]*\s*")


@dataclass(frozen=True, kw_only=True)
class Release:
    """A chart with the values it is installed with.

    `chart` is the chart's own name, `called` its alias or name among the dependencies of another chart, `name` the
    release's (of a chart in the tree: that chart's), `version` the version or range as written, "" if none is. `at` is
    where the release is declared, `folder` the folder it belongs to.
    """

    chart: str
    repository: str
    called: str
    name: str
    version: str
    namespace: str
    at: Location
    folder: str
    tree: Mapping

    @property
    def values(self) -> Values:
        return Values(self.tree, self.at)

    @property
    def full_name(self) -> str:
        """What the chart calls its objects: `fullnameOverride`, else the release with the chart's name.

        Bitnami's and Prometheus' charts leave the chart's name out where the release's holds it
        (`common.names.fullname`).
        """
        found = self.values.text("fullnameOverride", default="").value
        if isinstance(found, str) and found:
            return found
        own = self.values.text("nameOverride", default="").value
        called = own if isinstance(own, str) and own else self.called
        return self.name if called in self.name else f"{self.name}-{called}"

    @property
    def major(self) -> int | None:
        """The major version of the chart, None where a range or a template leaves it open."""
        return major_of(self.version)

    def since(self, version: tuple[int, int], then: T, before: T) -> T | Unknown:
        """Return `then` from a version of the chart on, `before` for older ones; Unknown where a range holds both."""
        major, minor = version
        written = _VERSION.fullmatch(self.version)
        own = written["minor"] if written is not None else None
        if self.major is None or (self.major == major and minor and not (own or "").isdecimal()):
            return Unknown(f"the chart's default depends on its version, which {self.name} leaves open")
        if self.major != major:
            return then if self.major > major else before
        return then if not minor or int(own or 0) >= minor else before


def major_of(constraint: str) -> int | None:
    """Return the one major version that a constraint lets in (Helm 3: Masterminds/semver 3), None if it is open."""
    if match := _BETWEEN.fullmatch(constraint) or _SPAN.fullmatch(constraint):
        low, high = int(match["low"]), int(match["high"])
        is_one = high == low if "-" in constraint and "<" not in constraint else high == low + 1
        return low if is_one else None
    match = _CARET.fullmatch(constraint) or _VERSION.fullmatch(constraint)
    if match is None or match["major"] is None:
        return None
    return int(match["major"])
