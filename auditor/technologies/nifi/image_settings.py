"""What the start scripts of the images apache/nifi and apache/nifi-registry make of environment variables.

Sources: `nifi-docker/dockerhub/sh` of NiFi 1.11.4, 1.13.2, 1.14.0, 1.28.1, 2.0.0 and 2.11.0 and
`nifi-registry-docker/dockerhub/sh` of 2.11.0. The scripts run last: they replace lines of a mounted file as well.
Variables end in the same places in all versions but for these: up to 1.13 the server listens on HTTP; NiFi 2 knows no
`NIFI_WEB_HTTP_PORT`; `AUTH=oidc` is known from 1.20 on.
"""

import posixpath
from collections.abc import Iterator

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import MountKind, Role, Workload
from auditor.records import dataclass
from auditor.technologies.common.versions import Range

from .loader import Loaded
from .providers import ProviderFile

_STORE = ("KEYSTORE_PATH", "KEYSTORE_TYPE", "KEYSTORE_PASSWORD", "TRUSTSTORE_PATH", "TRUSTSTORE_TYPE")
_REQUIRED = (*_STORE, "TRUSTSTORE_PASSWORD")
_OWN_HOST = "$HOSTNAME"
"""As the scripts write it: the container's name, which stands for its address in the container's network."""
_LDAP = {
    "Authentication Strategy": "LDAP_AUTHENTICATION_STRATEGY",
    "Manager DN": "LDAP_MANAGER_DN",
    "Manager Password": "LDAP_MANAGER_PASSWORD",
    "TLS - Protocol": "LDAP_TLS_PROTOCOL",
    "Url": "LDAP_URL",
}
_OIDC = {
    "discovery.url": "DISCOVERY_URL",
    "client.id": "CLIENT_ID",
    "client.secret": "CLIENT_SECRET",
    "preferred.jwsalgorithm": "PREFERRED_JWSALGORITHM",
}


@dataclass(frozen=True)
class Variables:
    """Looks a container's variables up; one that something not scanned may set is Unknown."""

    workload: Workload

    @property
    def at(self) -> Location:
        return self.workload.image.at if self.workload.image else self.workload.at

    def get(self, name: str) -> tuple[str | Unknown, Location] | None:
        """Return a variable that is set and not empty, with its place."""
        variable = self.workload.environment.get(name)
        if variable is not None:
            return None if variable.value == "" else (variable.value, variable.at)
        if self.workload.role is Role.IMAGE:
            return Unknown("variables are given when the image is run"), self.at
        if self.workload.environment_open is not None:
            return Unknown(f"{name} may be set by {self.workload.environment_open}"), self.at
        if self.workload.templated:
            return Unknown("template expressions may set it"), self.at
        return None

    def or_default(self, name: str, default: str) -> tuple[str | Unknown, Location | None]:
        """Return a variable, or the script's default without a place."""
        return self.get(name) or (default, None)


def apply_nifi(loaded: Loaded, variables: Variables, version: Range) -> None:
    """Apply `start.sh` and, by `AUTH`, `secure.sh` and `update_oidc_properties.sh`."""
    if version.is_below(1, 14):
        _replace(loaded, "nifi.web.http.port", variables.or_default("NIFI_WEB_HTTP_PORT", "8080"))
        _replace(loaded, "nifi.web.http.host", variables.or_default("NIFI_WEB_HTTP_HOST", _OWN_HOST))
        loaded.replace("nifi.remote.input.secure", "false", None)
    else:
        _replace(loaded, "nifi.web.https.port", variables.or_default("NIFI_WEB_HTTPS_PORT", "8443"))
        _replace(loaded, "nifi.web.https.host", variables.or_default("NIFI_WEB_HTTPS_HOST", _OWN_HOST))
        loaded.replace("nifi.remote.input.secure", "true", None)
        if not version.is_at_least(2, 0):  # NiFi 2 does not read it
            loaded.replace("nifi.cluster.protocol.is.secure", "true", None)
        _plain_port(loaded, variables, version)
        key = variables.get("NIFI_SENSITIVE_PROPS_KEY")
        if key is not None or version.is_below(1, 15):  # 1.14 blanks the file's key without the variable
            _replace(loaded, "nifi.sensitive.props.key", key or ("", None))
    socket = variables.or_default("NIFI_REMOTE_INPUT_SOCKET_PORT", "10000")
    _replace(loaded, "nifi.remote.input.socket.port", socket)
    _replace(loaded, "nifi.cluster.is.node", variables.or_default("NIFI_CLUSTER_IS_NODE", "false"))
    _replace(loaded, "nifi.zookeeper.connect.string", variables.or_default("NIFI_ZK_CONNECT_STRING", ""))
    if not version.is_below(2, 0):
        for name, variable, default in (
            (
                "nifi.cluster.leader.election.implementation",
                "NIFI_CLUSTER_LEADER_ELECTION_IMPLEMENTATION",
                "CuratorLeaderElectionManager",
            ),
            ("nifi.state.management.provider.cluster", "NIFI_STATE_MANAGEMENT_PROVIDER_CLUSTER", "zk-provider"),
        ):
            _replace(loaded, name, variables.or_default(variable, default))
    _authentication(loaded, variables, version)


def _plain_port(loaded: Loaded, variables: Variables, version: Range) -> None:
    port = variables.get("NIFI_WEB_HTTP_PORT")
    if port is None or version.is_at_least(2, 0):
        return
    value, at = port
    undecided = Unknown("NiFi 1 reads NIFI_WEB_HTTP_PORT and NiFi 2 does not; the image's version is not known")
    if isinstance(value, Unknown) or not version.is_below(2, 0):
        reason = value if isinstance(value, Unknown) else undecided
        for name in ("http.port", "https.port", "http.host", "https.host"):
            loaded.replace(f"nifi.web.{name}", reason, at)
        return
    loaded.replace("nifi.web.https.port", "", at)
    loaded.replace("nifi.web.https.host", "", at)
    loaded.replace("nifi.web.http.port", value, at)
    _replace(loaded, "nifi.web.http.host", variables.or_default("NIFI_WEB_HTTP_HOST", _OWN_HOST))
    for name in ("remote.input.secure", "cluster.protocol.is.secure"):
        loaded.replace(f"nifi.{name}", "false", at)
    loaded.replace("nifi.security.user.login.identity.provider", "", at)


def _authentication(loaded: Loaded, variables: Variables, version: Range) -> None:
    chosen = variables.get("AUTH")
    if chosen is None:
        return
    method, at = chosen
    if isinstance(method, Unknown):
        for name in ("web.http.port", "web.https.port", "security.user.authorizer", "remote.input.secure"):
            loaded.replace(f"nifi.{name}", method, at)
        loaded.replace("nifi.security.user.login.identity.provider", method, at)
        return
    if method not in {"tls", "ldap", "oidc"} or (method == "oidc" and version.is_below(1, 20)):
        return
    _stores(loaded, variables, method, at)
    loaded.replace("nifi.web.http.port", "", at)
    loaded.replace("nifi.web.http.host", "", at)
    _replace(loaded, "nifi.web.https.port", variables.or_default("NIFI_WEB_HTTPS_PORT", "8443"))
    _replace(loaded, "nifi.web.https.host", variables.or_default("NIFI_WEB_HTTPS_HOST", _OWN_HOST))
    loaded.replace("nifi.remote.input.secure", "true", at)
    provider = variables.get("NIFI_SECURITY_USER_LOGIN_IDENTITY_PROVIDER") or ("", at)
    if method == "ldap":
        provider = ("ldap-provider", at)
    if version.is_below(1, 14):
        if method == "ldap":
            loaded.replace("nifi.security.user.login.identity.provider", *provider)
        return
    if not version.is_at_least(2, 0):
        node = variables.get("NIFI_CLUSTER_IS_NODE") or ("false", at)
        loaded.replace("nifi.cluster.protocol.is.secure", *node)
    authorizer = variables.get("NIFI_SECURITY_USER_AUTHORIZER") or ("managed-authorizer", at)
    loaded.replace("nifi.security.user.authorizer", *authorizer)
    loaded.replace("nifi.security.user.login.identity.provider", *provider)
    if method == "oidc":
        for name, variable in _OIDC.items():
            value = variables.get(f"NIFI_SECURITY_USER_OIDC_{variable}") or ("", at)
            loaded.replace(f"nifi.security.user.oidc.{name}", *value)


def apply_registry(loaded: Loaded, variables: Variables) -> None:
    """Apply `start.sh`, `update_database.sh` and, by `AUTH`, `secure.sh` of the image of NiFi Registry."""
    http, https = "nifi.registry.web.http.port", "nifi.registry.web.https.port"
    _replace(loaded, http, variables.or_default("NIFI_REGISTRY_WEB_HTTP_PORT", "18080"))
    _replace(loaded, "nifi.registry.web.http.host", variables.or_default("NIFI_REGISTRY_WEB_HTTP_HOST", _OWN_HOST))
    for name, variable, default in (
        ("url", "NIFI_REGISTRY_DB_URL", "jdbc:h2:./database/nifi-registry-primary"),
        ("username", "NIFI_REGISTRY_DB_USER", "nifireg"),
        ("password", "NIFI_REGISTRY_DB_PASS", "nifireg"),
    ):
        _replace(loaded, f"nifi.registry.db.{name}", variables.or_default(variable, default))
    chosen = variables.get("AUTH")
    if chosen is None:
        return
    method, at = chosen
    if isinstance(method, Unknown):
        loaded.replace(http, method, at)
        loaded.replace(https, method, at)
    elif method in {"tls", "ldap", "oidc"}:
        _stores(loaded, variables, method, at)
        loaded.replace(http, "", at)
        loaded.replace("nifi.registry.web.http.host", "", at)
        _replace(loaded, https, variables.or_default("NIFI_REGISTRY_WEB_HTTPS_PORT", "18443"))
        host = variables.or_default("NIFI_REGISTRY_WEB_HTTPS_HOST", _OWN_HOST)
        _replace(loaded, "nifi.registry.web.https.host", host)


def apply_ldap(file: ProviderFile, variables: Variables) -> ProviderFile:
    """Apply `update_login_providers.sh`, which edits the property of every provider that has it."""
    for name, variable in _LDAP.items():
        found = variables.get(variable)
        if found is not None:
            file = file.with_value(name, *found)
    return file


def irreplaceable(workload: Workload, path: str) -> Iterator[Problem]:
    """Yield the mount that lets the script stop: it replaces `path` by `sed -i`, under `sh -e`.

    A file that is mounted by itself cannot be renamed over, nor one of a ConfigMap's folder, which is read-only.
    """
    for mount in workload.mounts:
        if posixpath.normpath(mount.target) == path and mount.kind is not MountKind.COPY:
            name = posixpath.basename(path)
            message = f"expected the folder of {name} to be mounted, not the file, which the start script replaces"
            yield Problem(at=mount.at, message=message)


def _stores(loaded: Loaded, variables: Variables, method: str, at: Location) -> None:
    """Note a variable without which `secure.sh` stops."""
    missing = next((name for name in _REQUIRED if variables.get(name) is None), None)
    if missing is not None:
        loaded.problems.append(Problem(at=at, message=f"expected {missing} beside AUTH={method}; the container stops"))


def _replace(loaded: Loaded, name: str, found: tuple[str | Unknown, Location | None]) -> None:
    loaded.replace(name, *found)
