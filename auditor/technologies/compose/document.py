"""A compose file as written: its services, whichever layout it has, and its named values."""

from collections.abc import Iterator
from dataclasses import field

from auditor.credentials.commands import passwords_among
from auditor.formats.interpolation import closing_braces
from auditor.formats.template import is_templated, mask
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.formats.yaml import embedded
from auditor.formats.yaml import parse as parse_yaml
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .text import Places, items, pairs
from .volumes import config_name
from .words import split

_DEFAULT = lazy(r"\$\{[A-Za-z_][A-Za-z0-9_]*:?-")
_CONTROL = lazy(r"\{%|\{\{-?\s*(?:if|else|end|range|with|define|block|include|template)\b")
_MEMBER = lazy(r'"(?P<name>[\w.-]{1,80})"\s*:\s*"(?P<value>[^"\\]*)"')
_SHELL_FLAG = lazy(r"-[a-z]{0,4}c|CMD-SHELL")
"""What stands before a list's item that a shell splits into words."""
_NOT_SERVICES = frozenset({"version", "name", "networks", "volumes", "configs", "secrets", "include", "models"})


@dataclass(frozen=True, kw_only=True)
class ComposeDocument(Document):
    """A compose file. `root` is its top level, `services` the mapping of services (all of the top level in v1)."""

    root: Mapping = field(repr=False)
    services: Mapping = field(repr=False)

    def service(self, name: str) -> Mapping | None:
        return self.services.mapping(name)

    @property
    def places(self) -> Places:
        """Where parts of this file's scalars stand."""
        lines = [] if self.source.is_embedded else self.source.text.split("\n")
        return Places(lambda _: lines)

    def assignments(self) -> Iterator[Assignment]:
        """Yield environment, build arguments, labels and command-line options as written, each place once.

        Where a value is a variable with a default (`${PASSWORD:-guess}`), the default is the value.
        """
        seen: set[Location] = set()
        places = self.places
        for name, service in self.services:
            if not isinstance(service, Mapping):
                continue
            for found in _assignments(name.text, service, places):
                if found.at not in seen:
                    seen.add(found.at)
                    yield found

    def embedded(self) -> Iterator[Source]:
        """Yield the text of `configs:` with `content` and of `dockerfile_inline`."""
        configs = self.root.mapping("configs")
        for key, config in configs or ():
            content = config.scalar("content") if isinstance(config, Mapping) else None
            if content is not None:
                yield embedded(content, config_name(self.root, key.text))
        for _, service in self.services:
            inline = service.get("build", "dockerfile_inline") if isinstance(service, Mapping) else None
            if isinstance(inline, Scalar):
                yield embedded(inline, "Dockerfile")


def _assignments(service: str, tree: Mapping, places: Places) -> Iterator[Assignment]:
    sections = (
        ("environment", tree.get("environment"), "compose"),
        ("args", tree.get("build", "args"), "image"),
        ("labels", tree.get("labels"), "compose"),
    )
    for section, node, container in sections:
        for key, value in pairs(node, places) or ():
            if isinstance(value, Scalar) and not value.is_null:
                text, at = _default(value, places)
                unknown = settle(text, "a template expression")
                yield Assignment(key=key.text, value=unknown, at=at, container=container, path=(service, section))
                yield from _members(value, (service, section, key.text), places)
    for section in ("command", "entrypoint"):
        yield from _options(service, section, tree.get(section), places)
    yield from _options(service, "healthcheck", tree.get("healthcheck", "test"), places)


def _members(value: Scalar, path: tuple[str, ...], places: Places) -> Iterator[Assignment]:
    """Yield the named texts of a value that is JSON, with or without `//` comments (Orthanc, Grafana, .NET)."""
    if not value.text.lstrip().startswith(("{", "[")):
        return
    offset = 0
    for line in value.text.splitlines(keepends=True):
        if not line.lstrip().startswith("//"):
            for member in _MEMBER.finditer(line):
                start, end = member.span("value")
                yield Assignment(
                    key=member["name"],
                    value=settle(member["value"], "a template expression"),
                    at=places.part(value, offset + start, offset + end),
                    container="compose",
                    path=path,
                )
        offset += len(line)


def _default(value: Scalar, places: Places) -> tuple[str, Location]:
    """Return the text that stands for a value, and its place."""
    match = _DEFAULT.match(value.text)
    if match is not None and closing_braces(value.text).get(0) == len(value.text) - 1:
        start, end = match.end(), len(value.text) - 1
        return value.text[start:end], places.part(value, start, end) if end > start else value.at
    if value.plain or "\n" in value.text:
        return value.text, value.at
    return value.text, places.part(value, 0, len(value.text)) if value.text else value.at


def _options(service: str, section: str, node: Node | None, places: Places) -> Iterator[Assignment]:
    """Yield `--name=value` and `--name value` of a command line."""
    words: list[tuple[str, Scalar, int, int]] = []
    if isinstance(node, Scalar):
        words = [(word, node, start, end) for word, start, end in split(node.text)]
    elif isinstance(node, Sequence):
        before = ""
        for item in node.scalars():
            if _SHELL_FLAG.fullmatch(before):
                words += [(word, item, start, end) for word, start, end in split(item.text)]
            else:
                words.append((item.text, item, 0, len(item.text)))
            before = item.text
    for spoken in passwords_among([word for word, *_ in words]):
        text, scalar, start, end = words[spoken.word]
        if end - start == len(text):  # written as it is, without quotes or escapes
            start, end = start + spoken.start, start + spoken.end
        yield Assignment(
            key=f"{spoken.program} password",
            value=settle(text[spoken.start : spoken.end].replace("$$", "$"), "a template expression"),
            at=places.part(scalar, start, end),
            container="compose",
            path=(service, section),
        )
    for word, after in zip(words, [*words[1:], None], strict=False):
        option, scalar, _, end = word
        if not option.startswith("--") or len(option) < 4:
            continue
        name, equals, value = option.partition("=")
        if equals:
            found = (value, scalar, end - len(value), end)
        elif after is not None and not after[0].startswith("-"):
            found = after
        else:
            continue
        text, holder, first, last = found
        if text:
            yield Assignment(
                key=name.lstrip("-"),
                value=settle(text.replace("$$", "$"), "a template expression"),
                at=places.part(holder, first, last),
                container="compose",
                path=(service, section),
            )


def parse(source: Source) -> ComposeDocument:
    """Read a compose file of the current layout or of version 1.

    Raises:
        FormatError: the text is not YAML.
    """
    documents = parse_yaml(source)
    root = next((node for node in documents if isinstance(node, Mapping)), None)
    problems: list[Problem] = []
    if root is None:
        at = documents[0].at if documents else source.at()
        root = Mapping([], at)
        if documents:
            problems.append(Problem(at=at, message="expected a mapping with `services:`"))
    services = root.mapping("services")
    if services is None and "services" not in root:
        services = Mapping(_version_1_services(root), root.at)
    elif services is None:
        services = Mapping([], root.at)
    problems.extend(
        Problem(at=key.at, message="expected each service once; Compose refuses the file")
        for key in services.duplicates()
    )
    for _, service in services:
        if isinstance(service, Mapping):
            problems.extend(
                Problem(at=key.at, message="expected each key once; Compose refuses the file")
                for key in service.duplicates()
            )
        elif not isinstance(service, Scalar) or not service.is_null:
            problems.append(Problem(at=service.at, message="expected a mapping that declares a service"))
    return ComposeDocument(
        source=source,
        problems=tuple(problems),
        partial="template expressions" if _is_generated(source.text) else "",
        root=root,
        services=services,
    )


def _is_generated(text: str) -> bool:
    """Tell whether template expressions may add or leave out keys, rather than stand within values.

    `{{.Task.Slot}}` within a value is Swarm's own and changes nothing but that value.
    """
    return is_templated(text) and (_CONTROL.search(text) is not None or bool(mask(text)[1]))


def _version_1_services(root: Mapping) -> list[tuple[Scalar, Node]]:
    """Return the entries of a file of version 1, where the services are the top level."""
    return [
        (key, value)
        for key, value in root
        if isinstance(value, Mapping)
        and key.text not in _NOT_SERVICES
        and not key.text.startswith("x-")
        and any(name in value for name in ("image", "build", "extends"))
    ]


def references(document: ComposeDocument) -> Iterator[str]:
    """Yield the paths, as written, of files that this one includes or extends."""
    for item in items(document.root.get("include")):
        if isinstance(item, Scalar):
            yield item.text
        elif isinstance(item, Mapping):
            yield from (path.text for path in items(item.get("path")) if isinstance(path, Scalar))
    for _, service in document.services:
        path = service.get("extends", "file") if isinstance(service, Mapping) else None
        if isinstance(path, Scalar):
            yield path.text
