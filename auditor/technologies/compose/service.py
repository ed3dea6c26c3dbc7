"""One compose service as a workload.

Source: Compose Specification, "Services top-level element" (05-services.md) and "Deploy" (deploy.md).
"""

import posixpath
from collections.abc import Iterable

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.formats.yaml import embedded
from auditor.model.image_reference import image_prefix
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Labelled, Located, Role, Workload
from auditor.records import dataclass

from .environment import Environment
from .networks import Networks
from .text import Places, boolean, integer, items, settings, text
from .volumes import Storage
from .words import words

_RESTART = {"none": "no", "on-failure": "on-failure", "any": "always"}
_SWARM_ONLY = ("placement", "update_config", "rollback_config", "endpoint_mode")
"""Settings of `deploy` that Swarm heeds and Compose, which has one node and no rolling updates, ignores."""


@dataclass(frozen=True)
class ServiceReader:
    """Makes workloads of the services of one project."""

    storage: Storage
    environment: Environment
    places: Places
    unit: str
    jobs: frozenset[str]
    """Services that others wait for until they have ended (`service_completed_successfully`)."""
    networks: Networks
    in_stack: bool
    """Whether the project says things that only a Swarm stack heeds."""
    labelled: tuple[Labelled, ...] = ()
    """The project's containers with labels."""

    def workload(self, name: str, component: str, service: Mapping, at: Location, *, templated: bool) -> Workload:
        """Return the container of the (merged, normalised) service `name`."""
        deploy = service.mapping("deploy") or Mapping([], service.at)
        build = service.mapping("build")
        variables, open_, env_files = self.environment.of_service(service, self.storage)
        image_node = service.get("image")
        image = text(image_node) if build is None else None
        security = [item for item in items(service.get("security_opt")) if isinstance(item, Scalar)]
        return Workload(
            component=component,
            technology="compose",
            at=at,
            name=name,
            origin="compose",
            unit=self.unit,
            role=Role.JOB if name in self.jobs else Role.SERVICE,
            image=image,
            image_prefix=image_prefix(image_node.text) if isinstance(image_node, Scalar) and build is None else None,
            built_from=self._dockerfile(build) if build is not None else None,
            build_target=build.text("target") if build is not None else None,
            build_context=self._context(build) if build is not None else None,
            is_built=build is not None,
            built_as=service.text("image") if build is not None else None,
            entrypoint=words(service.get("entrypoint"), self.places),
            command=words(service.get("command"), self.places),
            environment=variables,
            environment_open=open_,
            mounts=tuple(self.storage.mounts(service)),
            ports=self.networks.ports(service),
            confined=self.networks.confinement(service),
            network=self.networks.network(name, at),
            host_network=_is(service, "host", "network_mode", "net"),
            host_pid=_is(service, "host", "pid"),
            host_ipc=_is(service, "host", "ipc"),
            privileged=boolean(service.get("privileged")),
            user=text(service.get("user")),
            allow_privilege_escalation=_no_new_privileges(security),
            read_only_root=boolean(service.get("read_only")),
            capabilities_added=_texts(service.get("cap_add")),
            seccomp=_seccomp(security),
            memory_limit=text(deploy.get("resources", "limits", "memory")) or text(service.get("mem_limit")),
            cpu_limit=text(deploy.get("resources", "limits", "cpus"))
            or text(service.get("cpus"))
            or text(service.get("cpu_quota")),
            liveness=_health(service.get("healthcheck")),
            replicas=integer(deploy.get("replicas")) or integer(service.get("scale")),
            restart=_restart(service, deploy, in_stack=self.in_stack),
            build_args=self.environment.variables(build.mapping("args")) if build is not None else {},
            labels=settings(service.mapping("labels")),
            labelled=self.labelled,
            consumed=frozenset(env_files),
            templated=templated or service.open,
        )

    def _dockerfile(self, build: Mapping) -> str | None:
        """Return what identifies the Dockerfile that `build` uses, None if it is not in the scanned tree."""
        inline = build.get("dockerfile_inline")
        if isinstance(inline, Scalar) and not inline.is_null:
            return embedded(inline, "Dockerfile").key
        context = self._context(build)
        dockerfile = build.text("dockerfile") or "Dockerfile"
        path = posixpath.normpath(posixpath.join(context, dockerfile)) if context is not None else None
        source: Source | None = self.storage.files.source(path) if path is not None else None
        return source.key if source is not None else None

    def _context(self, build: Mapping) -> str | None:
        """Return the build context as a folder of the scanned tree, None if it is elsewhere or not known."""
        context = build.scalar("context")
        written = context.text if context is not None else "."
        if HOLE in written or "://" in written or written.startswith(("git@", "/", "~")):
            return None
        return self.storage.in_repository(written, context.at if context is not None else build.at)


def labelled(name: str, service: Mapping, at: Location) -> Labelled | None:
    """Return the container of the (merged, normalised) service `name` with its labels, None if it has none."""
    tree = service.mapping("labels")
    if tree is None:
        return None
    labels = {key.text: Located(value=node.value, at=node.at) for key, node in tree if isinstance(node, Scalar)}
    return Labelled(name=name, at=at, labels=labels, open=tree.open)


def _is(service: Mapping, word: str, *keys: str) -> Located[bool] | None:
    for key in keys:
        found = text(service.get(key))
        if found is not None:
            value = found.value if isinstance(found.value, Unknown) else found.value == word
            return Located(value=value, at=found.at)
    return None


def _texts(node: Node | None) -> tuple[Located[str], ...]:
    return tuple(Located(value=item.value, at=item.at) for item in items(node) if isinstance(item, Scalar))


def _no_new_privileges(options: list[Scalar]) -> Located[bool] | None:
    for option in options:
        word = option.text.replace("=", ":").lower()
        if HOLE in word and word.startswith(("no-new-privileges", HOLE)):
            return Located(value=Unknown("the security option is a variable"), at=option.at)
        if word in {"no-new-privileges", "no-new-privileges:true"}:
            return Located(value=False, at=option.at)
    return None


def _seccomp(options: list[Scalar]) -> Located[str] | None:
    for option in options:
        name, _, value = option.text.replace("=", ":", 1).partition(":")
        if name == "seccomp":
            return Located(value=Unknown("a variable") if HOLE in value else value, at=option.at)
    return None


def _health(node: Node | None) -> Located[str] | None:
    if not isinstance(node, Mapping):
        return None
    disabled = boolean(node.get("disable"))
    if disabled is not None and disabled.value is True:
        return Located(value="none", at=disabled.at)
    test = node.get("test")
    if test is None:
        return Located(value=Unknown("only the image could define the test of this health check"), at=node.at)
    if isinstance(test, Sequence) and [item.text for item in test.scalars()][:1] == ["NONE"]:
        return Located(value="none", at=test.at)
    return Located(value="command", at=test.at)


def _restart(service: Mapping, deploy: Mapping, *, in_stack: bool) -> Located[str] | None:
    condition = text(deploy.get("restart_policy", "condition"))
    if condition is not None:
        value = condition.value
        return Located(value=value if isinstance(value, Unknown) else _RESTART.get(value, value), at=condition.at)
    policy = deploy.mapping("restart_policy")
    if policy is not None:
        return Located(value="always", at=policy.at)
    restart = text(service.get("restart"))
    if restart is not None and not isinstance(restart.value, Unknown):
        word = restart.value.partition(":")[0].lower()
        return Located(value="no" if word == "false" else word, at=restart.at)
    if restart is None and (in_stack or any(key in deploy for key in ("mode", "replicas", *_SWARM_ONLY))):
        return Located(value=Unknown("a Swarm stack restarts by default, Compose does not"), at=deploy.at)
    return restart


def jobs_of(services: Iterable[Mapping]) -> frozenset[str]:
    """Return the services that another waits for until they have ended."""
    return frozenset(
        key.text
        for service in services
        for key, value in service.mapping("depends_on") or ()
        if isinstance(value, Mapping) and value.text("condition") == "service_completed_successfully"
    )


def in_stack(services: Iterable[Mapping]) -> bool:
    """Tell whether the services are written for a Swarm stack, by a setting that only Swarm heeds."""
    deploys = (service.mapping("deploy") for service in services)
    return any(key in deploy for deploy in deploys if deploy is not None for key in _SWARM_ONLY)
