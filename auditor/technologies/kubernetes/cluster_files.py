"""Files that configure a cluster itself: the kubelet's, encryption at rest, the audit policy."""

from collections.abc import Iterable, Iterator

from auditor.formats.tree import Mapping
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.records import dataclass

from .manifest import Manifest
from .reading import boolean, integer, text, words


@dataclass(frozen=True, kw_only=True)
class KubeletConfiguration(Fact):
    """The kubelet's configuration file; None where nothing is written.

    Defaults of the file (not of the flags, which differ) from "Kubelet Configuration (v1beta1)", Kubernetes 1.34:
    anonymous off, authorization Webhook, no read-only port, no rotation of client certificates.
    """

    anonymous: Located[bool] | None = None
    authorization_mode: Located[str] | None = None
    read_only_port: Located[int] | None = None
    rotate_certificates: Located[bool] | None = None


@dataclass(frozen=True, kw_only=True)
class EncryptionRule:
    """One entry of `resources`: what it is about and its providers in order, the first of which writes."""

    at: Location
    resources: frozenset[str]
    providers: tuple[tuple[str, Location], ...]

    def covers_secrets(self) -> bool:
        """Tell whether Secrets are written by this entry (`*.` is the core group, `*.*` everything)."""
        return bool(self.resources & {"secrets", "*.", "*.*"})


@dataclass(frozen=True, kw_only=True)
class EncryptionConfiguration(Fact):
    """How the API server encrypts what it stores; the first entry that covers a resource is the one in force."""

    rules: tuple[EncryptionRule, ...] = ()
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class AuditRule:
    """One rule of an audit policy. Empty sets match everything."""

    at: Location
    level: str | Unknown
    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    namespaces: frozenset[str] = frozenset()
    resources: tuple[tuple[str, frozenset[str]], ...] = ()
    """(API group, resources of it; empty: all of the group)."""
    narrowed: bool = False
    """Whether it is about certain object names or paths that are not resources only."""

    def matches(self, resource: str, group: str, verb: str) -> bool:
        """Tell whether a request of an unnamed person in an unnamed namespace is decided by this rule."""
        if self.users or self.groups or self.namespaces or self.narrowed:
            return False
        if self.verbs and verb not in self.verbs:
            return False
        if not self.resources:
            return True
        main, _, part = resource.partition("/")
        wanted = {resource, "*", f"{main}/*", f"*/{part}"} if part else {resource, "*"}
        return any(g == group and (not names or names & wanted) for g, names in self.resources)


@dataclass(frozen=True, kw_only=True)
class AuditPolicy(Fact):
    """The API server's audit policy; the first rule that matches decides, without one nothing is logged."""

    rules: tuple[AuditRule, ...] = ()
    open: bool = False

    def rule_for(self, resource: str, group: str, verb: str) -> AuditRule | None:
        """Return the rule that decides on a request, None if there is none."""
        return next((rule for rule in self.rules if rule.matches(resource, group, verb)), None)


def cluster_files(manifests: Iterable[Manifest]) -> Iterator[Fact]:
    """Yield the facts of configuration files among the manifests."""
    for manifest in manifests:
        if manifest.is_a("KubeletConfiguration", "kubelet.config.k8s.io"):
            yield _kubelet(manifest)
        elif manifest.is_a("EncryptionConfiguration", "apiserver.config.k8s.io") or manifest.is_a("EncryptionConfig"):
            yield _encryption(manifest)
        elif manifest.is_a("Policy", "audit.k8s.io"):
            yield _audit_policy(manifest)


def _component(manifest: Manifest) -> str:
    return f"{manifest.kind.lower()}/{manifest.path}"


def _kubelet(manifest: Manifest) -> KubeletConfiguration:
    body = manifest.body
    return KubeletConfiguration(
        component=_component(manifest),
        technology="kubernetes",
        at=manifest.at,
        anonymous=boolean(body, "authentication", "anonymous", "enabled"),
        authorization_mode=text(body, "authorization", "mode"),
        read_only_port=integer(body, "readOnlyPort"),
        rotate_certificates=boolean(body, "rotateCertificates"),
    )


def _known(item: Mapping, name: str) -> frozenset[str]:
    return frozenset(word.value for word in words(item, name) if isinstance(word.value, str))


def _encryption(manifest: Manifest) -> EncryptionConfiguration:
    listed = manifest.body.sequence("resources")
    rules: list[EncryptionRule] = []
    for item in listed.mappings() if listed is not None else ():
        providers = item.sequence("providers")
        found = [key for provider in (providers.mappings() if providers is not None else ()) for key, _ in provider]
        rules.append(
            EncryptionRule(
                at=item.at, resources=_known(item, "resources"), providers=tuple((key.text, key.at) for key in found)
            )
        )
    return EncryptionConfiguration(
        component=_component(manifest),
        technology="kubernetes",
        at=manifest.at,
        rules=tuple(rules),
        open=manifest.body.is_open_at("resources") or (listed is not None and listed.open),
    )


def _audit_policy(manifest: Manifest) -> AuditPolicy:
    listed = manifest.body.sequence("rules")
    return AuditPolicy(
        component=_component(manifest),
        technology="kubernetes",
        at=manifest.at,
        rules=tuple(_audit_rule(item) for item in listed.mappings()) if listed is not None else (),
        open=manifest.body.is_open_at("rules") or (listed is not None and listed.open),
    )


def _audit_rule(item: Mapping) -> AuditRule:
    level = text(item, "level")
    listed = item.sequence("resources")
    groups = list(listed.mappings()) if listed is not None else []
    return AuditRule(
        at=item.at,
        level=level.value if level is not None else Unknown("it has no level"),
        users=_known(item, "users"),
        groups=_known(item, "userGroups"),
        verbs=_known(item, "verbs"),
        namespaces=_known(item, "namespaces"),
        resources=tuple((group.text("group") or "", _known(group, "resources")) for group in groups),
        narrowed=any("resourceNames" in group for group in groups) or "nonResourceURLs" in item,
    )
