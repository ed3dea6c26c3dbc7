"""How a technology is known before its reading code is loaded."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from auditor.model.source import Source
from auditor.records import dataclass

from .claim import Recognition

if TYPE_CHECKING:
    from auditor.technologies.document import Document, Technology

Recogniser = Callable[[str, str, str], Recognition | None]
"""Takes a file's lower-case name, its path and the first 16 KiB of its text."""


@dataclass(frozen=True)
class Registered:
    """A technology known by its recogniser; the object named by `implementation_path` does the rest.

    `id` is the name in reports and of the folder of its checks: lower case, one word. `implementation_path` is
    `package.module:NAME`, imported at the first use.
    """

    id: str
    title: str
    implementation_path: str
    recognise: Recogniser
    words: tuple[str, ...] = ()
    """For a server: one of these stands in the image's name or in the words that start the container."""
    variables: tuple[str, ...] = ()
    """For an application framework: what the names of the variables begin with that it reads in a container."""
    is_platform: bool = False
    """Whether it declares workloads or resources."""
    reads: tuple[str, ...] = ()
    """For a platform: other technologies whose documents hold what it declares (releases of charts in manifests)."""
    files: str = ""
    """The files it reads, in words for the documentation."""
    versions: str = ""
    """The versions whose defaults it knows."""
    compared_with: str = ""
    """The real server that tests compare it with: Debian's package and version."""

    @property
    def implementation(self) -> "Technology":
        """Return the technology, importing it at the first use."""
        return _load(self.implementation_path)

    def parse(self, source: Source) -> "Document":
        return self.implementation.parse(source)


@cache
def _load(path: str) -> "Technology":
    module, _, name = path.partition(":")
    return cast("Technology", getattr(import_module(module), name))
