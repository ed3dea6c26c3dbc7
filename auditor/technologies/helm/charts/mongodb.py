"""Bitnami's chart `mongodb`, versions 10 to 17.

Source: values.yaml, `standalone/dep-sts.yaml` and `replicaset/statefulset.yaml` of bitnami/charts, chart versions
10.31.5 to 17.0.2: variables of the image carry the settings, TLS stands in MONGODB_EXTRA_FLAGS, `configuration` becomes
the whole mongodb.conf. `appVersion` is from the Chart.yaml of all releases.
"""

from collections.abc import Iterator

from auditor.model.fact import Fact
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Mount, Variable
from auditor.technologies.helm.container import (
    Container,
    Image,
    config_mount,
    plain,
    ternary,
    unknown_mounts,
    variables_of,
)
from auditor.technologies.helm.network import confinement, front, ports_of
from auditor.technologies.helm.release import Release

_FIRST = 10
"""Before it, the values had other names (`mongodbRootPassword`, `replicaSet.enabled`)."""
_TAGS = {11: "4.4", 12: "5.0", 13: "6.0", 14: "7.0", 15: "7.0", 16: "8.0", 17: "8.0"}
_SWITCHES = {
    "disableSystemLog": ("MONGODB_DISABLE_SYSTEM_LOG", False),
    "disableJavascript": ("MONGODB_DISABLE_JAVASCRIPT", False),
    "enableJournal": ("MONGODB_ENABLE_JOURNAL", True),
}


def render(release: Release) -> Iterator[Fact]:
    """Yield the data-bearing servers: one, or the members of a replica set."""
    values = release.values
    architecture = values.text("architecture", default="standalone")
    if release.major is not None and release.major < _FIRST:
        return
    is_set = architecture.value == "replicaset"
    fronts = [front(release, release.full_name, "service", datastore="MongoDB")]
    external = values.boolean("externalAccess", "enabled", default=False)
    if is_set and external.value is not False:
        default = "LoadBalancer" if external.value is True else external.value
        block = ("externalAccess", "service")
        outside = front(release, f"{release.full_name}-external", *block, datastore="MongoDB", default=default)
        fronts = [outside.placed(external.at)]
    port = values.integer("containerPorts", "mongodb", default=27017)
    container = Container(
        release=release,
        pod=release.full_name,
        name="mongodb",
        image=Image(repository="bitnami/mongodb", tag=_TAGS.get(release.major or 0)),
        environment=variables_of(*_variables(release, is_set=is_set)),
        mounts=tuple(_files(release)),
        ports=ports_of(release, port, fronts),
        confined=confinement(release, "networkPolicy", default=release.since((14, 8), then=True, before=False)),
        replicas=values.integer("replicaCount", default=2) if is_set else Located(value=1, at=architecture.at),
    )
    yield container.workload()
    for each in fronts:
        yield each.fact(release)


def _variables(release: Release, *, is_set: bool) -> Iterator[Variable]:
    values = release.values
    auth = values.boolean("auth", "enabled", default=True)
    given = values.text("auth", "existingSecret", default="")
    secret = given.value if isinstance(given.value, str) and given.value else release.full_name
    if auth.value is not False:
        names = {"MONGODB_ROOT_PASSWORD": "mongodb-root-password"}
        if is_set:
            names["MONGODB_REPLICA_SET_KEY"] = "mongodb-replica-set-key"
        for name, key in names.items():
            yield _from_secret(name, f"Secret {secret}#{key}", auth)
    yield ternary("ALLOW_EMPTY_PASSWORD", auth, "no", "yes")
    yield plain("MONGODB_PORT_NUMBER", values.text("containerPorts", "mongodb", default="27017"))
    if is_set:
        yield Variable(name="MONGODB_REPLICA_SET_MODE", value="primary", at=values.where("architecture"))
    for name, (variable, default) in _SWITCHES.items():
        yield ternary(variable, values.boolean(name, default=default))
    yield from _flags(release)


def _from_secret(name: str, reference: str, auth: Located[bool]) -> Variable:
    """Return a password of a Secret; where it is not known whether there is one, it is not known to be set."""
    unknown = auth.value if isinstance(auth.value, Unknown) else Unknown(f"from {reference}")
    return Variable(name=name, value=unknown, at=auth.at, reference=reference if auth.value is True else None)


def _flags(release: Release) -> Iterator[Variable]:
    """Yield the variable whose words the image puts on the server's command line."""
    values = release.values
    tls = values.boolean("tls", "enabled", default=False)
    mode = values.text("tls", "mode", default="requireTLS")
    mutual = values.boolean("tls", "mTLS", "enabled", default=True)
    extra = values.words("extraFlags")
    parts = (
        tls.value,
        *((mode.value, mutual.value) if tls.value is not False else ()),
        *(word.value for word in extra),
    )
    unknown = next((part for part in parts if isinstance(part, Unknown)), None)
    if unknown is not None:
        yield Variable(name="MONGODB_EXTRA_FLAGS", value=unknown, at=tls.at)
        return
    words = [word.value for word in extra if isinstance(word.value, str)]
    if tls.value is True:
        authority = ["--tlsCAFile=/certs/mongodb-ca-cert"] if mutual.value is True else []
        words = [f"--tlsMode={mode.value}", "--tlsCertificateKeyFile=/certs/mongodb.pem", *authority, *words]
    elif values.boolean("auth", "enabled", default=True).value is False and not words:
        # What the server does without a root user's password anyway, said where the value is that leaves it out.
        at = values.where("auth", "enabled")
        yield Variable(name="MONGODB_EXTRA_FLAGS", value="--noauth", at=at)
        return
    if words:
        at = mode.at if tls.value is True and mode.at != release.at else tls.at
        yield Variable(name="MONGODB_EXTRA_FLAGS", value=" ".join(words), at=extra[0].at if tls.value is False else at)


def _files(release: Release) -> Iterator[Mount]:
    target = "/opt/bitnami/mongodb/conf/mongodb.conf"
    yield from unknown_mounts(release, target, [("existingConfigmap",)])
    mount = config_mount(release, target, "configuration")
    if mount is not None:
        yield mount
