"""Network policies: which Pods only named peers can open connections to.

Source: Kubernetes manual, "Network Policies", and API reference, NetworkPolicy v1: a Pod that a policy for ingress
selects lets in what one of its policies allows, and nothing else. Whether a policy sees a client behind a NodePort or a
load balancer depends on the network plugin, and Pods on the host's network are not held to it.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from auditor.formats.tree import Mapping
from auditor.model.exposure import Exposure, Reach
from auditor.model.linking import Peer
from auditor.records import dataclass

from .catalogue import Catalogue, label_texts
from .manifest import Manifest
from .nearby import Nearby

_GROUPS = ("networking.k8s.io", "extensions")
_NOT_KNOWN: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class _Policy:
    """What a policy for ingress says; `selects` are the labels of its Pods, None where it is not known."""

    manifest: Manifest
    selects: dict[str, str] | None
    is_wide: bool
    has_rules: bool


class Policies:
    """The network policies of one installation."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._named: dict[str, dict[str, Nearby[Manifest]]] = defaultdict(lambda: defaultdict(Nearby))
        """By namespace and name: several of one name belong to several installations, and the closest is meant."""
        self._read: dict[int, _Policy] = {}
        for group in _GROUPS:
            for manifest in catalogue.of("NetworkPolicy", group):
                if _is_for_ingress(manifest):
                    self._named[manifest.scope][manifest.name].add(manifest)
                    self._read[id(manifest.body)] = _Policy(
                        manifest=manifest,
                        selects=_selects(manifest),
                        is_wide=_is_wide(manifest),
                        has_rules=bool(_rules(manifest)),
                    )

    def confinement(self, pod: Manifest, labels: dict[str, str]) -> Exposure | None:
        """Return the exposure that the policies leave a Pod inside the cluster, None if they leave it open."""
        selecting = self._selecting(pod, labels)
        if not selecting or any(policy.is_wide for policy in selecting):
            return None
        names = " and ".join(dict.fromkeys(policy.manifest.shown_name for policy in selecting))
        who = "only pods that it names" if any(policy.has_rules for policy in selecting) else "nobody"
        return Exposure(Reach.NAMED_PEERS, f"network policy {names} lets {who} in", selecting[0].manifest.at)

    def peers(self, pod: Manifest, labels: dict[str, str], scope: str) -> Iterator[Peer]:
        """Yield the Pods of the same namespace, known as `scope`, that the policies for a Pod let in by labels."""
        for policy in self._selecting(pod, labels):
            for rule in _rules(policy.manifest):
                ports = _ports(rule)
                peers = rule.sequence("from")
                for peer in peers.mappings() if peers is not None and ports is not _NOT_KNOWN else ():
                    selector = peer.mapping("podSelector")
                    if selector is None or selector.open or "matchExpressions" in selector:
                        continue
                    wanted = selector.mapping("matchLabels")
                    if wanted is not None and not wanted.open and "namespaceSelector" not in peer:
                        yield Peer(scope=scope, labels=label_texts(wanted), ports=ports)

    def _selecting(self, pod: Manifest, labels: dict[str, str]) -> list[_Policy]:
        around = (
            self._read[id(manifest.body)]
            for same_name in self._named.get(pod.scope, {}).values()
            for manifest in same_name.closest(pod.folder, partial(_meets, pod=pod))
        )
        return [policy for policy in around if _matches(policy.selects, labels)]


def _ports(rule: Mapping) -> frozenset[int] | None:
    """Return the ports that a rule is for, None for all; none at all where one has a name or is not known."""
    listed = rule.sequence("ports")
    if listed is None:
        return _NOT_KNOWN if rule.is_open_at("ports") else None
    found: set[int] = set()
    for item in listed.mappings():
        node = item.scalar("port")
        number = node.as_int() if node is not None else None
        if not isinstance(number, int) or "endPort" in item:
            return _NOT_KNOWN
        found.add(number)
    return _NOT_KNOWN if listed.open else frozenset(found)


def _matches(selected: dict[str, str] | None, labels: dict[str, str]) -> bool:
    """Tell whether the policy surely selects a Pod with these labels."""
    return selected is not None and all(labels.get(key) == value for key, value in selected.items())


def _meets(policy: Manifest, pod: Manifest) -> bool:
    """Tell whether both are in one namespace; where none is written, whether they are deployed together."""
    if policy.namespace and pod.namespace:
        return True
    return f"{policy.folder}/".startswith(f"{pod.folder}/") or f"{pod.folder}/".startswith(f"{policy.folder}/")


def _is_for_ingress(policy: Manifest) -> bool:
    """Tell whether the policy restricts incoming connections: it does unless `policyTypes` leaves Ingress out."""
    types = policy.body.sequence("spec", "policyTypes")
    if types is None:
        return not policy.body.is_open_at("spec", "policyTypes")
    return any(item.text == "Ingress" for item in types.scalars())


def _selects(policy: Manifest) -> dict[str, str] | None:
    """Return the labels of the Pods that the policy selects, None if not known: expressions are not evaluated."""
    selector = policy.body.mapping("spec", "podSelector")
    if selector is None or selector.open or selector.sequence("matchExpressions") is not None:
        return None
    written = selector.mapping("matchLabels")
    return None if written is not None and written.open else label_texts(written)


def _rules(policy: Manifest) -> list[Mapping]:
    ingress = policy.body.sequence("spec", "ingress")
    return list(ingress.mappings()) if ingress is not None else []


def _is_wide(policy: Manifest) -> bool:
    """Tell whether the policy lets in more than Pods with certain labels, or may do so."""
    spec = policy.body.mapping("spec")
    ingress = policy.body.sequence("spec", "ingress")
    if spec is None or spec.is_open_at("ingress") or (ingress is not None and ingress.open):
        return True
    return any(_is_wide_rule(rule) for rule in _rules(policy))


def _is_wide_rule(rule: Mapping) -> bool:
    peers = rule.sequence("from")
    if peers is None or peers.open or not len(peers):
        return True
    return not all(_names_pods(peer) for peer in peers.mappings())


def _names_pods(peer: Mapping) -> bool:
    """Tell whether a peer is Pods by their labels, not a whole namespace or address range."""
    selector = peer.mapping("podSelector")
    if selector is None or selector.open:
        return False
    expressions = selector.sequence("matchExpressions")
    labels = label_texts(selector.mapping("matchLabels"))
    # `Exists` and `NotIn` may mean nearly all Pods.
    return bool(labels) or (
        expressions is not None and any(item.text("operator") == "In" for item in expressions.mappings())
    )
