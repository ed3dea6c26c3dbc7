"""Containers of Pods as workloads."""

from collections.abc import Iterator

from auditor.formats.tree import Mapping
from auditor.model.linking import Network
from auditor.model.location import Location
from auditor.model.workload import Located, Role, Workload

from .catalogue import Catalogue, pod_labels
from .environment import command_of, environment_of
from .manifest import Manifest, show_name, texts
from .naming import network_of
from .pods import REPLICATED, PodSpec
from .publishing import Fronts, ports_of
from .reading import as_written, boolean, filled_in, first, integer, text, words
from .volumes import mounts_of

_PROBES = ("httpGet", "tcpSocket", "exec", "grpc")
_RESTART = {"Always": "always", "OnFailure": "on-failure", "Never": "no"}


def workloads_of(manifest: Manifest, pod: PodSpec, catalogue: Catalogue, fronts: Fronts) -> Iterator[Workload]:
    """Yield every container of the Pods that one object makes, init containers first."""
    for field in ("initContainers", "containers"):
        listed = pod.mapping.sequence(field)
        for container in listed.mappings() if listed is not None else ():
            yield _Container(manifest, pod, catalogue, fronts, container, is_init=field == "initContainers").workload()


class _Container:
    def __init__(
        self,
        manifest: Manifest,
        pod: PodSpec,
        catalogue: Catalogue,
        fronts: Fronts,
        container: Mapping,
        *,
        is_init: bool,
    ) -> None:
        self.manifest = manifest
        self.pod = pod.mapping
        self.template = pod
        self.catalogue = catalogue
        self.fronts, self.policies = fronts, fronts.policies
        self.container = container
        self.security = container.mapping("securityContext")
        # A sidecar is an init container that keeps running (KEP-753; on by default since Kubernetes 1.29).
        self.is_init = is_init and container.text("restartPolicy") != "Always"

    @property
    def at(self) -> Location:
        return self.container.at

    def own_boolean(self, name: str) -> Located[bool] | None:
        """Return a boolean of the container's securityContext."""
        if self.security is not None:
            return boolean(self.security, name)
        return boolean(self.container, "securityContext", name)

    def inherited_boolean(self, name: str) -> Located[bool] | None:
        return first(self.own_boolean(name), boolean(self.pod, "securityContext", name))

    def inherited_text(self, *path: str) -> Located[str] | None:
        """Return a text of the container's securityContext, else of the Pod's."""
        own = text(self.container, "securityContext", *path)
        return own if own is not None else text(self.pod, "securityContext", *path)

    def role(self) -> Role:
        if self.is_init:
            return Role.INIT
        return Role.JOB if self.manifest.kind in {"Job", "CronJob"} else Role.SERVICE

    def probe(self, name: str) -> Located[str] | None:
        """Return the kind of the probe."""
        probe = self.container.mapping(name)
        if probe is None:
            # A template that stands for the whole probe is not a probe of a known kind.
            return text(self.container, name)
        kind = next((kind for kind in _PROBES if kind in probe), None)
        key = self.container.key(name)
        if kind is not None:
            return Located(value=kind, at=key.at if key is not None else probe.at)
        return text(probe, "httpGet")

    def replicas(self) -> Located[int] | None:
        """Return the number of Pods: 1 unless written, the autoscaler's minimum if there is one for the object."""
        if self.manifest.kind not in REPLICATED:
            return None
        autoscaler = self.catalogue.autoscaler(self.manifest)
        if autoscaler is not None:
            # HorizontalPodAutoscaler v2: minReplicas is 1 unless written.
            minimum = integer(autoscaler.body.mapping("spec"), "minReplicas")
            return minimum or Located(value=1, at=autoscaler.at)
        written = integer(self.manifest.body, "spec", "replicas")
        return written or Located(value=1, at=self.manifest.at)

    def restart(self) -> Located[str] | None:
        """Return the Pod's restart policy in Docker's words (Pod v1: Always unless written)."""
        written = text(self.pod, "restartPolicy")
        if written is None:
            return Located(value="always", at=self.pod.at) if self.role() is Role.SERVICE else None
        if isinstance(written.value, str):
            return Located(value=_RESTART.get(written.value, written.value), at=written.at)
        return written

    def automount(self, account: Located[str] | None) -> Located[bool] | None:
        """Return whether the account's token is mounted: the Pod's word, else the ServiceAccount's (Pod v1)."""
        own = boolean(self.pod, "automountServiceAccountToken")
        if own is not None:
            return own
        name = account.value if account is not None and isinstance(account.value, str) else "default"
        if account is not None:
            node = self.pod.scalar("serviceAccountName") or self.pod.scalar("serviceAccount")
            name = as_written(node, self.manifest.source)
        found = self.catalogue.service_account(name, self.manifest)
        return boolean(found.body, "automountServiceAccountToken") if found is not None else None

    def workload(self) -> Workload:
        environment = environment_of(self.container, self.manifest, self.catalogue)
        ports = ports_of(self.container, self.template, () if self.is_init else self.fronts.of(self.manifest))
        on_host = boolean(self.pod, "hostNetwork")
        is_inside = on_host is None and not any(port.published for port in ports)
        name = show_name(as_written(self.container.scalar("name"), self.manifest.source), self.manifest.chart)
        account = text(self.pod, "serviceAccountName") or text(self.pod, "serviceAccount")
        return Workload(
            component=f"{self.manifest.id}/{name}",
            technology="kubernetes",
            at=self.at,
            name=name,
            origin="kubernetes",
            unit=self.manifest.id,
            role=self.role(),
            image=filled_in(text(self.container, "image")),
            entrypoint=command_of(self.container, "command", environment),
            command=command_of(self.container, "args", environment),
            environment=environment.variables,
            environment_open=environment.open,
            mounts=mounts_of(self.container, self.pod, self.manifest, self.catalogue),
            ports=ports,
            confined=self.policies.confinement(self.manifest, pod_labels(self.template)) if is_inside else None,
            network=Network() if self.is_init else self.network(),
            host_network=on_host,
            host_pid=boolean(self.pod, "hostPID"),
            host_ipc=boolean(self.pod, "hostIPC"),
            privileged=self.own_boolean("privileged"),
            user=self.inherited_text("runAsUser"),
            run_as_non_root=self.inherited_boolean("runAsNonRoot"),
            allow_privilege_escalation=self.own_boolean("allowPrivilegeEscalation"),
            read_only_root=self.own_boolean("readOnlyRootFilesystem"),
            capabilities_added=words(self.container, "securityContext", "capabilities", "add"),
            seccomp=self.inherited_text("seccompProfile", "type"),
            memory_limit=self.limit("memory"),
            cpu_limit=self.limit("cpu"),
            liveness=self.probe("livenessProbe"),
            readiness=self.probe("readinessProbe"),
            replicas=self.replicas(),
            restart=self.restart(),
            service_account=account,
            automount_token=self.automount(account),
            labels=self.labels(),
            templated=self.manifest.templated,
        )

    def network(self) -> Network:
        return network_of(self.container, self.manifest, self.template, self.catalogue, self.fronts)

    def labels(self) -> dict[str, str]:
        metadata = self.template.metadata
        return texts(metadata.mapping("labels") if metadata is not None else None)

    def limit(self, resource: str) -> Located[str] | None:
        """Return the container's limit, else the one that a LimitRange of its namespace gives it (LimitRange v1)."""
        own = text(self.container, "resources", "limits", resource)
        return own if own is not None else self.catalogue.default_limits.get((self.manifest.scope, resource))
