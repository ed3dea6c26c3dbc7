"""Put files together: a server with its sites, an application with its transforms and the files below it."""

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace

from auditor.formats.xml import Element
from auditor.model.exposure import Exposure
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .defaults import DEFAULTS, source_of
from .document import IisFile, known_text, parse_file
from .locks import locked_sections
from .scope import Layer, Scope
from .service import NO_CONTENT, NO_SITES, Iis, Pool, Site
from .transform import touched, transformed, unresolved

Open = Callable[[str], Source | Unknown | None]
_RELEASES = ("release", "production", "prod", "live")
"""Transforms for what runs in production, in the order in which publishing applies them."""
_DEVELOPMENT = frozenset({"debug", "development", "dev", "local", "test", "testing", "ci"})


@dataclass(kw_only=True)
class Loaded:
    """A file as it is deployed, with the keys of all that was read for it."""

    file: IisFile
    root: Element
    consumed: set[str] = field(default_factory=set[str])
    changed: dict[str, Unknown] = field(default_factory=dict[str, Unknown])
    problems: list[Problem] = field(default_factory=list[Problem])


def load(file: IisFile, open_: Open, transforms: Iterable[IisFile] = ()) -> Loaded:
    """Return a file with the sections that stand in files of their own, changed as its release is."""
    root = file.root or Element(name="configuration", at=file.source.at())
    found = Loaded(file=file, root=root, consumed={file.source.key}, problems=list(file.problems))
    found.root = _with_sections(root, open_, found)
    _publish(found, {each.name.split(".")[1]: each for each in transforms if each.root is not None})
    return found


def _with_sections(element: Element, open_: Open, found: Loaded) -> Element:
    path = element.get("configSource")
    if path is not None:
        source = open_(path.replace("\\", "/"))
        read = parse_file(source) if isinstance(source, Source) else None
        if read is None or read.root is None or read.root.name != element.name:
            return element
        found.consumed.add(read.source.key)
        return read.root
    if not element.children:
        return element
    return replace(element, children=tuple(_with_sections(child, open_, found) for child in element.children))


def _publish(found: Loaded, transforms: Mapping[str, IisFile]) -> None:
    found.consumed |= {each.source.key for each in transforms.values()}
    applied = [transforms[name] for name in _RELEASES if name in transforms]
    for each in applied:
        if each.root is not None:
            for path in unresolved(each.root):
                found.changed[path] = Unknown(f"{each.source.file_name} changes it by an expression")
            found.root = transformed(found.root, each.root)
    for name, each in transforms.items():
        if not applied and name not in _DEVELOPMENT and each.root is not None:
            for path in touched(each.root):
                found.changed[path] = Unknown(f"{each.source.file_name} may change it")


def layers_of(root: Element, path: str, *, is_own: bool) -> list[Layer]:
    """Return the layers of a file that applies from `path` on: its own sections, then each `<location>`."""
    found = [Layer(path=path, element=root, is_own=is_own)]
    for location in root.named("location"):
        below = (location.get("path") or "").strip("/")
        below = "" if below == "." else below
        found.append(Layer(path=posixpath.join(path, below).rstrip("/"), element=location, is_own=is_own))
    return found


def scopes_of(layers: Sequence[Layer], at: Location, changed: Mapping[str, Unknown], *, has_host: bool) -> list[Scope]:
    """Return a scope for each path that a layer applies to, the whole first."""
    ordered = sorted(layers, key=lambda layer: layer.path.count("/") + bool(layer.path))
    paths = {"": ""} | {layer.path.lower(): layer.path for layer in ordered if layer.is_own}
    return [
        Scope(
            path=path,
            at=at if not path else next(each.element.at for each in ordered if each.path == path),
            layers=tuple(each for each in ordered if is_within(path, each.path)),
            has_host=has_host,
            changed=changed,
        )
        for path in paths.values()
    ]


def is_within(path: str, outer: str) -> bool:
    """Tell whether `path` is `outer` or lies below it; case does not matter."""
    return not outer or f"{path.lower()}/".startswith(f"{outer.lower()}/")


def application(
    own: Loaded,
    below: Iterable[tuple[str, Loaded]],
    outer: Sequence[Layer],
    host: Element | None,
    exposure: Exposure,
    *,
    component: str = "",
    origin: str = "file",
    at: Location | None = None,
) -> Iis:
    """Return the application of a web.config.

    Args:
        own: its web.config.
        below: the files of folders below it, by folder.
        outer: layers of machine.config and applicationHost.config that apply to it.
        host: the root of applicationHost.config, None where it is not scanned.
        exposure: from where it is reached.
        component: its name; the file's path by default.
        origin: what declares it.
        at: its place; the file's start by default.
    """
    files = [("", own), *below]
    mine = [layer for path, each in files for layer in layers_of(each.root, path, is_own=True)]
    changed = {path: reason for _, each in files for path, reason in each.changed.items()}
    problems = [problem for _, each in files for problem in each.problems]
    if host is not None:
        problems += locked_sections(host, [each for each in outer if not each.path], mine)
    start = own.file.source.at()
    scopes = scopes_of([*outer, *mine], start, changed, has_host=host is not None)
    return Iis(
        component=component or own.file.source.path,
        technology="iis",
        at=at or start,
        origin=origin,
        settings=_settings(scopes[0]),
        exposure=exposure,
        consumed=frozenset(key for _, each in files for key in each.consumed),
        refused=tuple(problems),
        scopes=tuple(scopes),
        sites=NO_SITES,
        retail=_retail(scopes[0]),
    )


def server(own: Loaded, exposure: Exposure, contents: Mapping[str, Scope]) -> Iis:
    """Return the server of an applicationHost.config; `contents` are the roots of sites whose web.config is scanned."""
    layers = layers_of(own.root, "", is_own=True)
    at = own.file.source.at()
    scopes = scopes_of(layers, at, {}, has_host=True)
    return Iis(
        component=own.file.source.path,
        technology="iis",
        at=at,
        settings=_settings(scopes[0]),
        exposure=exposure,
        consumed=frozenset(own.consumed),
        refused=tuple(own.problems),
        scopes=tuple(scopes),
        sites=tuple(_sites(own.root, layers, at, contents)),
        pools=tuple(_pools(own.root)),
    )


def _sites(root: Element, layers: Sequence[Layer], at: Location, contents: Mapping[str, Scope]) -> Iterable[Site]:
    for group in _groups(root, "sites"):
        for element in group.named("site"):
            name = element.get("name") or ""
            applying = [replace(layer, path="") for layer in layers if is_within(name, layer.path)]
            alone = scopes_of(applying, at, {}, has_host=True)[0]
            content = contents.get(name.lower(), NO_CONTENT)
            defaults = tuple(group.named("siteDefaults"))
            yield Site(element=element, defaults=defaults, content=content, server=alone)


def _pools(root: Element) -> Iterable[Pool]:
    for group in _groups(root, "applicationPools"):
        defaults = group.first("applicationPoolDefaults", "processModel")
        usual = (defaults.get("identityType") if defaults is not None else None) or "ApplicationPoolIdentity"
        for element in group.named("add"):
            model = element.first("processModel")
            written = model.attribute("identityType") if model is not None else None
            text = usual if written is None else written.value
            at = written.at if written is not None else element.at
            yield Pool(name=element.get("name") or "a pool", identity=known_text(text), at=at)


def _groups(root: Element, name: str) -> Iterable[Element]:
    return [each for group in root.named("system.applicationHost") for each in group.named(name)]


def _retail(scope: Scope) -> bool | Unknown:
    value = scope.value("system.web/deployment", "retail").lower
    return value if isinstance(value, Unknown) else value == "true"


def _settings(scope: Scope) -> Settings:
    settings = Settings()
    for section, attribute in DEFAULTS:
        value = scope.value(section, attribute)
        name = f"{section}@{attribute}"
        if value.layer is not None:
            settings.set(Setting(name=name, value=value.text, origin=Origin.FILE, at=value.at))
        elif isinstance(value.text, str):
            settings.set(Setting(name=name, value=value.text, origin=Origin.DEFAULT, source=source_of(section)))
    return settings
