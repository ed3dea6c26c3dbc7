"""A container of a chart's Pods, with what charts have in common: image, resources, probes, security, environment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from auditor.formats import yaml
from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Scalar, Sequence
from auditor.model.exposure import Exposure
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located, Mount, MountKind, Port, Role, Variable, Workload
from auditor.records import dataclass

from .release import Release
from .values import ELSEWHERE, TEMPLATE

_DEPENDS = Unknown("the chart's version decides it")


@dataclass(frozen=True, kw_only=True)
class Image:
    """The chart's default image. `tag` is as much of it as the chart's version tells, None if nothing."""

    repository: str
    tag: str | None
    registry: str = "docker.io"
    block: tuple[str, ...] = ("image",)


@dataclass(frozen=True, kw_only=True)
class Container:
    """What a chart's module knows of one container; `block` is where the values of its Pod are."""

    release: Release
    pod: str
    """The name of the object that makes the Pods, as the chart forms it."""
    name: str
    image: Image
    block: tuple[str, ...] = ()
    kind: str = "statefulset"
    entrypoint: tuple[Located[str], ...] | None = field(default=None, repr=False)
    command: tuple[Located[str], ...] | None = field(default=None, repr=False)
    environment: Mapping[str, Variable] = field(default_factory=dict[str, Variable])
    mounts: tuple[Mount, ...] = ()
    ports: tuple[Port, ...] = ()
    confined: Exposure | None = None
    replicas: Located[int] | None = None
    security: tuple[str, ...] = ("containerSecurityContext",)
    environment_open: str | None = None
    """What else feeds the environment."""
    has_presets: bool = True
    """Whether the chart sets limits by itself in some of its versions."""

    def workload(self) -> Workload:
        """Return the container. What neither values nor the chart's manual tell is Unknown."""
        release = self.release
        entrypoint, command = self.entrypoint, self.command
        if (changed := self._replaced()) is not None:
            entrypoint, command = (changed,), None
        environment, opened = self._environment()
        image, prefix = self._image()
        security = _Security(self)
        mounts = (*self.mounts, *self._extra_mounts())
        is_inside = not any(port.published for port in self.ports)
        return Workload(
            component=f"{self.kind}/{release.namespace or 'default'}/{self.pod}/{self.name}",
            technology="helm",
            at=release.at,
            name=self.name,
            origin="kubernetes",
            unit=f"{self.kind}/{release.namespace or 'default'}/{self.pod}",
            role=Role.SERVICE,
            image=image,
            image_prefix=prefix,
            entrypoint=entrypoint,
            command=command,
            environment=environment,
            environment_open=opened,
            mounts=mounts,
            ports=self.ports,
            confined=self.confined if is_inside else None,
            host_network=self._switch("hostNetwork"),
            privileged=security.switch("privileged"),
            user=security.text("runAsUser"),
            run_as_non_root=security.switch("runAsNonRoot"),
            allow_privilege_escalation=security.switch("allowPrivilegeEscalation", unset=True),
            read_only_root=security.switch("readOnlyRootFilesystem"),
            seccomp=security.text("seccompProfile", "type"),
            memory_limit=self._limit("memory"),
            cpu_limit=self._limit("cpu"),
            liveness=self._probe("liveness"),
            replicas=self.replicas,
            restart=Located(value="always", at=release.at),
        )

    def path(self, *names: str) -> tuple[str, ...]:
        return (*self.block, *names)

    def _image(self) -> tuple[Located[str], str | None]:
        """Return the image, and as much of it as is known where its tag is not."""
        values, block = self.release.values, self.image.block
        registry = values.text(*block, "registry", default=self.image.registry)
        shared = values.text("global", "imageRegistry", default="")
        repository = values.text(*block, "repository", default=self.image.repository)
        tag, digest = values.text(*block, "tag", default=""), values.text(*block, "digest", default="")
        places = [each for each in (tag, digest, repository, registry) if each.at != self.release.at]
        at = places[0].at if places else self.release.at
        parts = (registry.value, shared.value, repository.value)
        unknown = next((part for part in (*parts, tag.value, digest.value) if isinstance(part, Unknown)), None)
        if isinstance(repository.value, Unknown) and repository.value.reason == ELSEWHERE:
            return Located(value=repository.value, at=at), f"{self.image.registry}/{self.image.repository}"
        if isinstance(repository.value, Unknown) or not repository.value:
            return Located(value=unknown if unknown is not None else Unknown("it names no image"), at=at), None
        # A registry that is not known is taken for a mirror of the one that the chart names.
        host = next((part for part in (shared.value, registry.value) if isinstance(part, str) and part), "")
        name = f"{host}/{repository.value}" if host else repository.value
        undecided = Located[str](value=unknown if unknown is not None else _DEPENDS, at=at)
        if isinstance(tag.value, Unknown):
            return undecided, name
        if tag.value == "" and digest.value == "":
            return undecided, f"{name}:{self.image.tag}" if self.image.tag is not None else name
        pinned = f"{name}:{tag.value}" if tag.value else name
        if unknown is not None:
            return undecided, pinned
        return Located(value=f"{pinned}@{digest.value}" if digest.value != "" else pinned, at=at), None

    def _replaced(self) -> Located[str] | None:
        """Return an unknown program where values replace the command that the chart starts.

        Values that are not in the tree set names, passwords and sizes; that they start another program is not assumed.
        """
        values = self.release.values
        for path, reason in (
            (("diagnosticMode", "enabled"), "the chart's diagnostic mode"),
            (self.path("command"), "values replace the container's command"),
            (self.path("args"), "values replace the container's arguments"),
        ):
            given = values.is_given(*path)
            if given is True or (isinstance(given, Unknown) and given.reason != ELSEWHERE):
                return Located(value=Unknown(reason), at=values.where(*path))
        return None

    def _environment(self) -> tuple[dict[str, Variable], str | None]:
        values, variables = self.release.values, dict(self.environment)
        opened = [self.environment_open] if self.environment_open is not None else []
        names = ("extraEnvVarsCM", "extraEnvVarsSecret")
        opened += [f"what {name} names" for name in names if values.is_given(*self.path(name)) is not False]
        extra = values.node(*self.path("extraEnvVars"))
        if isinstance(extra, Sequence) and not extra.open:
            for item in extra.mappings():
                _add(item, variables, opened)
        elif extra is not None and not values.is_removed(*self.path("extraEnvVars")):
            opened.append(TEMPLATE)
        return variables, ", ".join(dict.fromkeys(opened)) or None

    def _extra_mounts(self) -> Iterator[Mount]:
        values = self.release.values
        extra = values.node(*self.path("extraVolumeMounts"))
        for item in extra.mappings() if isinstance(extra, Sequence) else ():
            target = item.text("mountPath")
            if target is not None:
                yield Mount(kind=MountKind.UNKNOWN, target=target, at=item.at)

    def _switch(self, *names: str) -> Located[bool] | None:
        """Return a boolean of the Pod's values; None where nothing sets it (charts leave it off)."""
        values = self.release.values
        node = values.node(*self.path(*names))
        return None if node is None else values.boolean(*self.path(*names), default=False)

    def _limit(self, resource: str) -> Located[str]:
        """Return the container's limit; what is not written depends on the chart's version and its presets."""
        values, block = self.release.values, self.path("resources")
        own = values.text(*block, "limits", resource, default=_DEPENDS)
        if values.node(*block, "limits", resource) is not None:
            return own
        given, preset = values.is_given(*block), values.text(*self.path("resourcesPreset"), default="")
        node = values.node(*block)
        has_content = isinstance(node, Tree) and any(isinstance(part, Tree) and len(part) for _, part in node)
        if given is True and has_content and not (isinstance(node, Tree) and node.is_open_at("limits", resource)):
            return Located(value="0", at=values.where(*block))
        if given is False and (preset.value == "none" or not self.has_presets):
            return Located(value="0", at=preset.at)
        return Located(value=_DEPENDS, at=self.release.at)

    def _probe(self, name: str) -> Located[str]:
        values = self.release.values
        own = values.is_given(*self.path(f"custom{name.capitalize()}Probe"))
        enabled = values.boolean(*self.path(f"{name}Probe", "enabled"), default=True)
        if own is False and enabled.value is False:
            return Located(value="none", at=enabled.at)
        undecided = own if isinstance(own, Unknown) else enabled.value
        return Located(value=undecided if isinstance(undecided, Unknown) else "exec", at=enabled.at)


class _Security:
    """The container's security context; the chart's own differs from version to version."""

    def __init__(self, container: Container) -> None:
        self.values = container.release.values
        self.at = container.release.at
        self.block = container.path(*container.security)
        self.enabled = self.values.boolean(*self.block, "enabled", default=True)

    def switch(self, name: str, *, unset: bool = False) -> Located[bool]:
        """Return a boolean; `unset` is what Kubernetes does where no context is set."""
        if self.enabled.value is False:
            return Located(value=unset, at=self.enabled.at)
        default = False if name == "privileged" else _DEPENDS
        found = self.values.boolean(*self.block, name, default=default)
        return found if not isinstance(self.enabled.value, Unknown) else Located(value=self.enabled.value, at=found.at)

    def text(self, *names: str) -> Located[str] | None:
        if self.enabled.value is False:
            return None
        found = self.values.text(*self.block, *names, default=_DEPENDS)
        return found if not isinstance(self.enabled.value, Unknown) else Located(value=self.enabled.value, at=found.at)


def _add(item: Tree, variables: dict[str, Variable], opened: list[str]) -> None:
    name, value = item.scalar("name"), item.get("value")
    if name is None or HOLE in name.text:
        opened.append(TEMPLATE)
    elif isinstance(value, Scalar):
        variables[name.text] = Variable(name=name.text, value=value.value, at=value.at)
    else:
        secret = item.mapping("valueFrom", "secretKeyRef")
        source = f"Secret {secret.text('name') or '*'}#{secret.text('key') or '*'}" if secret is not None else None
        unknown = Unknown(f"from {source or 'another source'}")
        variables[name.text] = Variable(name=name.text, value=unknown, at=item.at, reference=source)


def variables_of(*variables: Variable) -> dict[str, Variable]:
    """Return variables by their names."""
    return {variable.name: variable for variable in variables}


def ternary(name: str, condition: Located[bool], yes: str = "yes", no: str = "no") -> Variable:
    """Return a variable that says what a boolean value decides."""
    decided = condition.value
    return Variable(
        name=name, value=decided if isinstance(decided, Unknown) else yes if decided else no, at=condition.at
    )


def plain(name: str, value: Located[str]) -> Variable:
    """Return a variable with a value as it is."""
    return Variable(name=name, value=value.value, at=value.at)


def config_mount(release: Release, target: str, *path: str, default: str | None = None) -> Mount | None:
    """Return the file that the text at `path` becomes, `default` where nothing is set; None if there is neither."""
    values = release.values
    node, at = values.node(*path), values.where(*path)
    name = target.rpartition("/")[2]
    if isinstance(node, Scalar) and not node.is_null:
        if not node.text.strip():
            return None
        return Mount(kind=MountKind.CONFIG, target=target, at=at, content=yaml.embedded(node, name), read_only=True)
    if isinstance(node, Unknown) or (node is not None and not isinstance(node, Scalar)):
        return Mount(kind=MountKind.UNKNOWN, target=target, at=at)
    if default is None or values.is_removed(*path):
        return None
    return written_mount(release.at, target, default)


def written_mount(at: Location, target: str, text: str) -> Mount:
    """Return a file that the chart itself writes; all its lines are at one place."""
    name = target.rpartition("/")[2]
    content = Source(path=at.path, text=text, line=at.line, column=at.column, exact=False, name=name)
    return Mount(kind=MountKind.CONFIG, target=target, at=at, content=content, read_only=True)


def unknown_mounts(release: Release, target: str, paths: Iterable[tuple[str, ...]]) -> Iterator[Mount]:
    """Yield a mount of unknown content for each value that names a ConfigMap or Secret."""
    for path in paths:
        if release.values.is_given(*path) is not False:
            yield Mount(kind=MountKind.UNKNOWN, target=target, at=release.values.where(*path))
