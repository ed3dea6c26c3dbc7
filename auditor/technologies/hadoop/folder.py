"""The files of one configuration directory, and the scopes that the daemons make of them."""

from collections.abc import Mapping
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .defaults import home_of
from .document import EnvironmentFile, Gap, LogFile, Property, SiteFile, parse_file
from .scope import Layer, Scope, load


@dataclass
class Folder:
    """Site files by kind, and what stands beside them.

    `missing` is why a site file that is not there is not known, "" if it is known not to be there. `definitions` are
    properties of the command line, `variables` those of the process.
    """

    at: Location
    sites: dict[str, tuple[Property | Gap, ...]] = field(default_factory=dict[str, tuple[Property | Gap, ...]])
    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    places: dict[str, Location] = field(default_factory=dict[str, Location])
    unreadable: dict[str, str] = field(default_factory=dict[str, str])
    log: LogFile | None = None
    script: EnvironmentFile | None = None
    missing: str = ""
    definitions: tuple[Property, ...] = ()
    variables: Mapping[str, str | Unknown] = field(default_factory=dict[str, str | Unknown])
    problems: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])

    def add(self, source: Source, view: FileView | None) -> None:
        """Take in a file; a site file with those that it includes."""
        document = parse_file(source)
        self.consumed.add(source.key)
        if isinstance(document, LogFile):
            self.log = document
        elif isinstance(document, EnvironmentFile):
            self.script = document
        else:
            self.problems += document.problems
            self.sites[document.kind] = self._expanded(document, view, set())
            self.sources[document.kind] = source
            self.places[document.kind] = document.at

    def _expanded(self, document: SiteFile, view: FileView | None, seen: set[str]) -> tuple[Property | Gap, ...]:
        """Return the properties with those of the files that are taken in, each file once."""
        seen.add(document.source.key)
        items: list[Property | Gap] = []
        for item in document.items:
            if not isinstance(item, Gap) or not item.href:
                items.append(item)
                continue
            found = view.open(item.href) if view is not None else None
            included = parse_file(found) if isinstance(found, Source) and found.key not in seen else None
            if isinstance(included, SiteFile):
                self.consumed.add(included.source.key)
                self.problems += included.problems
                items += self._expanded(included, view, seen)
            elif not isinstance(found, Source):
                items.append(Gap(at=item.at, reason=f"a file that is taken in at line {item.at.line} is not scanned"))
        return tuple(items)

    def has(self, kind: str, *names: str) -> bool:
        """Tell whether a site file says something, or something under one of these names or prefixes."""
        items = self.sites.get(kind, ())
        if not names:
            return bool(items)
        return any(isinstance(item, Property) and item.name.startswith(names) for item in items)

    def has_beside(self, kind: str, *names: str) -> bool:
        """Tell whether a site file says something that is not under one of these names or prefixes."""
        return any(
            not isinstance(item, Property) or not item.name.startswith(names) for item in self.sites.get(kind, ())
        )

    def scope(self, title: str, *kinds: str, incomplete: str = "") -> Scope:
        """Return what daemons that load these site files, in this order, have in force.

        `incomplete` is why the daemons may have more in force, "" if they have not.
        """
        layers = [self._layer(kind) for kind in kinds]
        if self.definitions:
            own = tuple(item for item in self.definitions if home_of(item.name) in {*kinds, "core"})
            layers.append(Layer(kind=kinds[-1], items=own, is_command_line=True))
        return load(title, layers, self.at, self.variables, incomplete)

    def _layer(self, kind: str) -> Layer:
        if kind in self.sites:
            return Layer(kind=kind, items=self.sites[kind], at=self.places.get(kind))
        missing = self.unreadable.get(kind, "")
        if not missing and self.missing:
            missing = self.missing.format(kind=kind)
        return Layer(kind=kind, missing=missing)
