"""Random daemon.json files and command lines with the traps that a reader can fall into."""

import json
from dataclasses import dataclass, field
from random import Random

Json = dict[str, object]

_SWITCHES = "icc iptables live-restore no-new-privileges debug experimental ipv6 userland-proxy selinux-enabled".split()
_TEXTS = {
    "log-driver": ["none", "json-file", "journald", ""],
    "seccomp-profile": ["unconfined", "/etc/docker/seccomp.json"],
    "userns-remap": ["default", ""],
    "log-level": ["debug", "info", "warn", "loud", "INFO", ""],
    "default-ipc-mode": ["private", "shareable", "host", ""],
    "metrics-addr": ["127.0.0.1:9323", ":9323"],
    "bridge": ["none"],
}
_LISTS = {
    "insecure-registries": ["registry.clinic.example:5000", "10.0.0.0/8"],
    "registry-mirrors": ["https://mirror.clinic.example", "http://mirror.clinic.example"],
    "authorization-plugins": ["example-authz"],
    "labels": ["role=database"],
    "exec-opts": ["native.cgroupdriver=systemd"],
}
_SINGULARS = {
    "insecure-registries": "insecure-registry",
    "registry-mirrors": "registry-mirror",
    "authorization-plugins": "authorization-plugin",
    "labels": "label",
    "exec-opts": "exec-opt",
    "hosts": "host",
}
GOOD_HOSTS = (
    "tcp://127.0.0.1:2375", "tcp://0.0.0.0:2375", "tcp://:2375", ":2376", "127.0.0.1", "tcp://[::1]:2375", "0.0.0.0:4243",
    "tcp://localhost", "tcp://", "tcp://127.0.0.1:",
)  # fmt: skip
_OTHER_HOSTS = ("unix:///tmp/docker.sock", "fd://", "unix://", " ")
_BAD_HOSTS = ("http://127.0.0.1:1", "tcp://127.0.0.1:port", "ssh://host", "unix://tcp://x")
"""Hosts and mirrors of the file are looked at by 20.10 only once it is root, so that these are tried as flags."""


@dataclass
class Case:
    """daemon.json, flags, and the traps in them."""

    text: str = "{}"
    flags: list[str] = field(default_factory=list[str])
    traps: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    """Return a configuration that may be refused for any of its parts."""
    case = Case()
    keys: Json = {}
    for _ in range(random.randrange(0, 5)):
        _option(random, case, keys)
    for _ in range(random.randrange(0, 3)):
        _flag(random, case, keys)
    case.text = _written(random, case, keys)
    return case


def make_listening(random: Random, folder: str) -> Case:
    """Return a configuration that starts, with one TCP address or none, and with TLS in one of many ways."""
    case = Case()
    keys: Json = {"tlscert": f"{folder}/server.crt", "tlskey": f"{folder}/server.key", "tlscacert": f"{folder}/ca.crt"}
    host = random.choice(GOOD_HOSTS)
    where = random.random()
    if where < 0.4:
        keys["hosts"] = [host, f"unix://{folder}/docker.sock"] if random.random() < 0.5 else [host]
    elif where < 0.85:
        case.flags += random.choice([["-H", host], [f"--host={host}"], [f"-H{host}"], [f"-H={host}"]])
        case.traps.add("host as a flag")
    else:
        case.traps.add("no host")
    if ":2" not in host and ":4" not in host:
        case.traps.add("host without a port")
    for name in ("tls", "tlsverify"):
        chance = random.random()
        if chance < 0.35:
            keys[name] = random.random() < 0.5
            case.traps.add(f"{name} in the file")
        elif chance < 0.6:
            case.flags.append(random.choice([f"--{name}", f"--{name}=false", f"--{name}=true", f"--{name}=0"]))
            case.traps.add(f"{name} as a flag")
    if where >= 0.85 and not any("tls" in flag for flag in case.flags) and keys.keys().isdisjoint({"tls", "tlsverify"}):
        keys["tls"] = True
    case.text = json.dumps(keys)
    return case


def _option(random: Random, case: Case, keys: Json) -> None:
    chance = random.random()
    if chance < 0.3:
        value: object = random.random() < 0.5
        if random.random() < 0.1:
            case.traps.add("boolean in quotes")
            value = "true"
        keys[random.choice(_SWITCHES)] = value
    elif chance < 0.55:
        name = random.choice(list(_TEXTS))
        keys[name] = random.choice(_TEXTS[name])
    elif chance < 0.7:
        name = random.choice(list(_LISTS))
        values: object = random.sample(_LISTS[name], 1)
        if random.random() < 0.15:
            case.traps.add("text for a list")
            values = _LISTS[name][0]
        if random.random() < 0.2:
            case.traps.add("singular")
            name = _SINGULARS[name]
        keys[name] = values
    elif chance < 0.8:
        hosts = [random.choice((*GOOD_HOSTS, *_OTHER_HOSTS)) for _ in range(random.randrange(0, 3))]
        keys["hosts"] = hosts
    elif chance < 0.87:
        limit: object = "10m" if random.random() < 0.7 else 10
        keys["log-opts"] = {"max-size": limit}
        case.traps.add("number in log-opts" if limit == 10 else "log-opts")
    elif chance < 0.92:
        keys["max-concurrent-downloads"] = random.choice([3, 0, "3", None, 2])
    elif chance < 0.96:
        case.traps.add("unknown key")
        keys[random.choice(["no-such", "Icc", "userns_remap", "log-drivers"])] = True
    else:
        case.traps.add("object around an option")
        keys["network"] = {random.choice(["icc", "mtu", "nothing"]): False}


def _flag(random: Random, case: Case, keys: Json) -> None:
    chance = random.random()
    if chance < 0.35:
        name = random.choice(_SWITCHES)
        case.flags.append(random.choice([f"--{name}", f"--{name}=false", f"--{name}=maybe", f"--{name}=F"]))
    elif chance < 0.6:
        name = random.choice([*_TEXTS, "registry-mirrors", "insecure-registries", "labels"])
        value = random.choice(_TEXTS[name] if name in _TEXTS else _LISTS[name])
        flag = _SINGULARS.get(name, name)
        case.flags += [f"--{flag}={value}"] if random.random() < 0.5 else [f"--{flag}", value]
    elif chance < 0.8:
        host = random.choice((*GOOD_HOSTS, *_OTHER_HOSTS, *_BAD_HOSTS))
        case.flags += random.choice([["-H", host], [f"--host={host}"]])
    elif chance < 0.86:
        mirror = ["--registry-mirror", "mirror.clinic.example"]
        case.flags += random.choice([mirror, ["-D"], ["-l", "warn"], ["-lwarn"], ["--log-opt", "max-size=1m"]])
    elif chance < 0.9:
        case.traps.add("unknown flag")
        case.flags.append(random.choice(["--no-such", "--hosts=fd://", "--insecure-registries=a", "-Z"]))
    elif chance < 0.94:
        case.traps.add("word that is no flag")
        case.flags.append("daemon")
    elif keys:
        case.traps.add("file and flag")
        name = random.choice(list(keys))
        switch = keys[name]
        if isinstance(switch, bool):
            case.flags.append(f"--{name}={str(switch).lower()}")


def _written(random: Random, case: Case, keys: Json) -> str:
    chance = random.random()
    text = json.dumps(keys, indent=random.choice([None, 2, "\t"]))
    if chance < 0.06:
        case.traps.add("comma behind the last key")
        return text.removesuffix("}") + ",}"
    if chance < 0.1:
        case.traps.add("comment")
        return "# how we run it\n" + text
    if chance < 0.16 and keys:
        case.traps.add("key twice")
        return text.rstrip()[:-1] + ', "icc": true, "icc": false}'
    return text
