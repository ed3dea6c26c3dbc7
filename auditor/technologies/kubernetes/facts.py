"""What the checks of a cluster look at."""

from collections.abc import Mapping
from dataclasses import field

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.records import dataclass


@dataclass(frozen=True, kw_only=True)
class RbacRule:
    """One rule of a role. `verbs`, `resources` … hold the known texts; `complete` is False if there may be more."""

    at: Location
    verbs: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    api_groups: frozenset[str] = frozenset()
    resource_names: frozenset[str] = frozenset()
    complete: bool = True

    def allows(self, *verbs: str) -> frozenset[str]:
        """Return which of `verbs` the rule gives, by name or by `*`."""
        return frozenset(verbs) if "*" in self.verbs else self.verbs & frozenset(verbs)

    def covers(self, resource: str, group: str = "") -> bool:
        """Tell whether the rule is about all objects of `resource`, by name or by `*`."""
        named = bool({"*", resource} & self.resources) and bool({"*", group} & self.api_groups)
        return named and not self.resource_names


@dataclass(frozen=True, kw_only=True)
class RbacRole(Fact):
    """A Role or ClusterRole. `bound_everywhere` tells whether a ClusterRoleBinding in the tree gives it to somebody."""

    kind: str
    name: str
    rules: tuple[RbacRule, ...] = ()
    bound_everywhere: bool = False

    @property
    def is_cluster_wide(self) -> bool:
        return self.kind == "ClusterRole"


@dataclass(frozen=True, kw_only=True)
class RbacSubject:
    """Whom a binding gives the role to."""

    kind: str
    name: str | Unknown
    at: Location


@dataclass(frozen=True, kw_only=True)
class RbacBinding(Fact):
    """A RoleBinding or ClusterRoleBinding."""

    kind: str
    name: str
    role_kind: str
    role: Located[str]
    subjects: tuple[RbacSubject, ...] = ()

    @property
    def is_cluster_wide(self) -> bool:
        return self.kind == "ClusterRoleBinding"


@dataclass(frozen=True, kw_only=True)
class Ingress(Fact):
    """An Ingress. `tls` are the host names its TLS entries name (None: an entry without hosts, which serves all).

    `tls_elsewhere` names what ends TLS outside of `spec.tls`, such as a load balancer's certificate.
    """

    name: str
    hosts: tuple[Located[str], ...] = ()
    has_tls: bool | Unknown = False
    tls_hosts: frozenset[str] | None = frozenset()
    tls_elsewhere: str = ""
    annotations: Mapping[str, Located[str]] = field(default_factory=dict[str, Located[str]])


@dataclass(frozen=True, kw_only=True)
class Entrance(Fact):
    """An Ingress, Route or HTTPRoute that leads to a Service with Pods, and at which TLS ends.

    `encrypts` tells whether what it passes on to the Pods is encrypted again, by itself or a service mesh; `confined`
    whether a network policy lets only named Pods talk to them.
    """

    kind: str
    name: str
    service: str
    ends_tls: bool | Unknown
    encrypts: bool | Unknown
    confined: bool = False


@dataclass(frozen=True, kw_only=True)
class IngressController(Fact):
    """A controller of NGINX with what its ConfigMap sets; `incomplete` is why there may be more, "" if there is not."""

    name: str
    settings: Mapping[str, Located[str]] = field(default_factory=dict[str, Located[str]])
    incomplete: str = ""

    def text(self, name: str, default: str) -> str | Unknown:
        """Return a setting, `default` where the ConfigMap does not have it."""
        found = self.settings.get(name)
        if found is not None:
            return found.value
        return Unknown(self.incomplete) if self.incomplete else default

    def where(self, name: str) -> Location:
        """Return the place of a setting, of the controller where it is not set."""
        found = self.settings.get(name)
        return found.at if found is not None else self.at


@dataclass(frozen=True, kw_only=True)
class PodGroup(Fact):
    """An object that makes Pods, as a whole. `disruption_budget` tells whether one selects its Pods.

    `autoscaler` tells whether a HorizontalPodAutoscaler or a ScaledObject of KEDA sets its number of Pods.
    """

    kind: str
    name: str
    namespace: str
    replicas: Located[int] | None = None
    disruption_budget: bool | Unknown = False
    autoscaler: bool | Unknown = False
    token: Located[bool] | None = None
    """automountServiceAccountToken of the Pod, else of its ServiceAccount; None: neither says."""
    service_account: str = "default"
    is_system: bool = False
    """Whether it belongs to the cluster's own parts (namespace kube-system, host network)."""


@dataclass(frozen=True, kw_only=True)
class NamespaceOverview(Fact):
    """What the tree holds for one namespace. `workloads` are the ids of objects whose Pods a NetworkPolicy can bind."""

    name: str
    written: bool = True
    """Whether files name the namespace; if not, its objects go wherever they are deployed to."""
    workloads: tuple[str, ...] = ()
    network_policies: int = 0
    policies_open: bool = False
    """Whether there may be policies that the files do not show (templates, policies for the whole cluster)."""


@dataclass(frozen=True, kw_only=True)
class NamespaceObject(Fact):
    """A Namespace with its labels."""

    name: str
    labels: Mapping[str, Located[str]] = field(default_factory=dict[str, Located[str]])


@dataclass(frozen=True, kw_only=True)
class SecretManifest(Fact):
    """A Secret as an object; its values are not here. `refused` are places of values that are not base64."""

    name: str
    type: str = "Opaque"
    type_at: Location | None = None
    refused: tuple[Location, ...] = ()
