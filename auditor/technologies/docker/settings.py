"""The options of dockerd: flags, their names in daemon.json and what is in force without them.

Sources: `installCommonConfigFlags` and `installConfigFlags` of moby (20.10 `cmd/dockerd`, 29 `daemon/command`), the
JSON names of `config.Config`, and the dockerd reference of docker/cli.
"""

from typing import Final

_BOOLEANS = (
    "allow-direct-routing cri-containerd debug experimental icc init ip-forward ip-forward-no-drop ip-masq ip6tables "
    "iptables ipv6 live-restore no-new-privileges raw-logs restart rootless selinux-enabled tls "
    "tlsverify userland-proxy"
)
_NUMBERS = (
    "cpu-rt-period cpu-rt-runtime default-stop-timeout max-concurrent-downloads max-concurrent-uploads "
    "max-download-attempts mtu network-control-plane-mtu network-diagnostic-port oom-score-adjust shutdown-timeout"
)
_TEXTS = (
    "api-cors-header bip bip6 bridge bridge-accept-fwmark cgroup-parent cluster-advertise cluster-store containerd "
    "containerd-namespace containerd-plugins-namespace data-root default-cgroupns-mode default-gateway "
    "default-gateway-v6 default-ipc-mode default-runtime exec-root firewall-backend fixed-cidr fixed-cidr-v6 graph "
    "group host-gateway-ip http-proxy https-proxy init-path ip log-driver log-format log-level metrics-addr no-proxy "
    "pidfile seccomp-profile storage-driver swarm-default-advertise-addr tlscacert tlscert tlskey userland-proxy-path "
    "userns-remap"
)
KINDS: Final = {
    **dict.fromkeys(_BOOLEANS.split(), "boolean"),
    **dict.fromkeys(_NUMBERS.split(), "number"),
    **dict.fromkeys(_TEXTS.split(), "text"),
    "dns-search": "list",
    "default-shm-size": "size",
}
"""Flags of one value by their names, which daemon.json has too."""
PLURALS: Final = {
    "add-runtime": "runtimes",
    "allow-nondistributable-artifacts": "allow-nondistributable-artifacts",
    "authorization-plugin": "authorization-plugins",
    "cdi-spec-dir": "cdi-spec-dirs",
    "cluster-store-opt": "cluster-store-opts",
    "default-address-pool": "default-address-pools",
    "default-network-opt": "default-network-opts",
    "default-ulimit": "default-ulimits",
    "dns": "dns",
    "dns-opt": "dns-opts",
    "exec-opt": "exec-opts",
    "feature": "features",
    "host": "hosts",
    "insecure-registry": "insecure-registries",
    "label": "labels",
    "log-opt": "log-opts",
    "node-generic-resource": "node-generic-resources",
    "nri-opts": "nri-opts",
    "registry-mirror": "registry-mirrors",
    "storage-opt": "storage-opts",
}
"""Flags that may be repeated, and what daemon.json calls them."""
PAIRS: Final = frozenset({"cluster-store-opts", "log-opts"})
"""Options that are names with texts, in daemon.json an object."""
LISTS: Final = frozenset(
    "allow-nondistributable-artifacts authorization-plugins cdi-spec-dirs dns dns-opts dns-search exec-opts hosts "
    "host-gateway-ips insecure-registries labels node-generic-resources registry-mirrors storage-opts".split()
)
"""Options that are an array of texts in daemon.json."""
OBJECTS: Final = frozenset(
    "builder default-address-pools default-network-opts default-ulimits features nri-opts runtimes".split()
)
"""Options of daemon.json whose inside is not read here."""
FILE_ONLY: Final = frozenset({"builder", "deprecated-key-path", "features", "host-gateway-ips"})
"""Keys that no flag is named like, or not in all versions, and that dockerd takes all the same."""
PROXIES: Final = frozenset({"http-proxy", "https-proxy", "no-proxy"})
"""Read from the object `proxies` only; on the first level dockerd passes over them."""
SHORT: Final = {
    "b": "bridge", "D": "debug", "G": "group", "g": "graph", "H": "host", "l": "log-level", "p": "pidfile",
    "s": "storage-driver",
}  # fmt: skip
IN_FILE: Final = frozenset(KINDS) | frozenset(PLURALS.values()) | FILE_ONLY
"""Keys that take effect in daemon.json."""
DEFAULTS: Final = {
    "allow-direct-routing": "false",
    "debug": "false",
    "default-ipc-mode": "private",
    "icc": "true",
    "iptables": "true",
    "live-restore": "false",
    "log-driver": "json-file",
    "log-level": "info",
    "metrics-addr": "",
    "no-new-privileges": "false",
    "seccomp-profile": "builtin",
    "userns-remap": "",
}
LEVELS: Final = frozenset("panic fatal error warn warning info debug trace".split())
"""Log levels (`logrus.ParseLevel`; 29 no longer takes `warning`)."""
