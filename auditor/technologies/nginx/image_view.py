"""Files as nginx sees them in a container: what is mounted or copied, and behind it the image's own."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import field
from fnmatch import fnmatchcase

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .images import Image

_OTHER_PORTS = "the container publishes ports on which the image's own site does not listen"


@dataclass(frozen=True)
class ImageView:
    """A container's files with those of its image. `hidden` says why the content of `sites` is not known."""

    view: FileView
    texts: Mapping[str, Source]
    sites: str
    hidden: str = ""
    values: Mapping[str, Mapping[str, str | Unknown]] = field(default_factory=dict[str, Mapping[str, str | Unknown]])

    def open(self, path: str) -> Source | Unknown | None:
        """Return the text at `path`: the mounted one, or else the image's."""
        found = self.view.open(path)
        return self.texts.get(posixpath.normpath(path)) if found is None else found

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        """Return the paths that match, those of the image among them."""
        if self.hidden and posixpath.dirname(pattern) == self.sites:
            return Unknown(self.hidden)
        found = self.view.glob(pattern)
        if isinstance(found, Unknown):
            return found
        return sorted({*found, *(path for path in self.texts if fnmatchcase(path, pattern))})


def contents_of(image: Image, workload: Workload, view: FileView, at: Location) -> ImageView:
    """Return the files of a container: the image's main file, its site, and the templates that its script fills in."""
    texts = {image.configuration: _own("nginx.conf", image.main_text(), at)}
    templates = view.glob(f"{image.templates}/*.template") if image.templates else ()
    if isinstance(templates, Unknown):
        return ImageView(view, texts, image.sites, f"the templates in {image.templates} are not in the scanned files")
    environment: dict[str, str | Unknown] = {name: variable.value for name, variable in workload.environment.items()}
    values: dict[str, Mapping[str, str | Unknown]] = {}
    hidden = ""
    site = f"{image.sites}/default.conf"
    if not image.server and not _is_replaced(image, workload, view, templates):
        texts[site] = _own("default.conf", image.default_site(), at)
    for path in templates:
        found = view.open(path)
        if isinstance(found, Source):
            texts[f"{image.sites}/{posixpath.basename(path).removesuffix('.template')}"] = found
            values[found.key] = environment
    published = {port.container for port in workload.ports if port.published}
    sites = view.glob(f"{image.sites}/*.conf")
    own_only = not templates and view.open(image.configuration) is None and sites == []
    if (
        own_only
        and (site in texts or image.server)
        and published
        and not any(isinstance(port, Unknown) for port in published)
    ):
        hidden = "" if image.port in published else _OTHER_PORTS
    return ImageView(view, texts, image.sites, hidden, values)


def _own(name: str, text: str, at: Location) -> Source:
    """Return a text of the image; every place in it is that of the container's image."""
    return Source(path=at.path, text=text, line=at.line, column=at.column, exact=False, name=f"{name} of the image")


def _is_replaced(image: Image, workload: Workload, view: FileView, templates: Sequence[str]) -> bool:
    """Tell whether the image's site is gone: a folder stands in its place, or a build puts other sites there.

    A build that brings sites or templates of its own mostly removes the image's site, which its files do not tell.
    """
    if any((mount.folder or mount.target).rstrip("/") == image.sites for mount in workload.mounts):
        return True
    found = view.glob(f"{image.sites}/*.conf")
    return isinstance(found, Unknown) or (bool(found or templates) and workload.built_from is not None)
