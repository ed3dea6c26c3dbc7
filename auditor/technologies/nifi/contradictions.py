"""What keeps NiFi from starting; nothing that depends on a value that is not known.

Sources: `NiFiPropertiesLoader`, `FrameworkServerConnectorFactory` (before: `JettyServer`), `PropertyEncryptorFactory`,
`StandardPropertySecretKeyProvider`, `AuthorizerFactoryBean`, `LoginIdentityProviderFactoryBean` and
`SingleUserAuthorizer` of NiFi 1.14.0, 1.17.0, 1.28.1 and 2.11.0.
"""

from collections.abc import Iterator

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import Secret
from auditor.model.unknown import Unknown
from auditor.technologies.common.versions import Range

from .loader import Loaded
from .parameters import SHORTEST_KEY
from .providers import SINGLE_USER, Provider

_KEY = "nifi.sensitive.props.key"
_ALGORITHM = "nifi.sensitive.props.algorithm"
_OF_VERSION_2 = frozenset({"NIFI_ARGON2_AES_GCM_256", "NIFI_PBKDF2_AES_GCM_256"})


def contradictions(
    loaded: Loaded,
    at: Location,
    version: Range,
    authorizer: Provider | Unknown | None,
    login: Provider | Unknown | None,
) -> Iterator[Problem]:
    """Yield what NiFi would stop at.

    Two values of one key are taken for refused where the version is not known: which one counts is not known either.
    """
    if not version.is_below(1, 17):
        yield from loaded.duplicates
    plain, secure = loaded.plain("nifi.web.http.port"), loaded.plain("nifi.web.https.port")
    if isinstance(plain, str) and isinstance(secure, str):
        if plain and secure:
            message = "expected either nifi.web.http.port or nifi.web.https.port, not both"
            yield _problem(loaded, "nifi.web.http.port", message, at)
        elif not plain and not secure:
            yield _problem(loaded, "nifi.web.https.port", "expected nifi.web.https.port", at)
    if version.is_at_least(1, 14):
        yield from _key(loaded, at)
    algorithm = loaded.plain(_ALGORITHM)
    if version.is_at_least(2, 0) and isinstance(algorithm, str) and algorithm and algorithm not in _OF_VERSION_2:
        yield _problem(loaded, _ALGORITHM, "expected NIFI_PBKDF2_AES_GCM_256 or NIFI_ARGON2_AES_GCM_256", at)
    if isinstance(secure, str) and secure:
        yield from _selected(loaded, at, authorizer, login)


def _key(loaded: Loaded, at: Location) -> Iterator[Problem]:
    setting = loaded.settings.get(_KEY)
    value = setting.value if setting is not None else None
    if not isinstance(value, Secret) or (loaded.incomplete and not loaded.settings.is_explicit(_KEY)):
        return
    node, algorithm = loaded.plain("nifi.cluster.is.node"), loaded.plain(_ALGORITHM)
    if value.is_empty and isinstance(node, str) and node.lower() == "true":
        yield _problem(loaded, _KEY, f"expected {_KEY}, which all nodes of a cluster share", at)
    if not value.is_empty and value.length < SHORTEST_KEY and str(algorithm).startswith("NIFI_"):
        yield _problem(loaded, _KEY, f"expected {SHORTEST_KEY} characters or more for {_KEY}", at)


def _selected(
    loaded: Loaded, at: Location, authorizer: Provider | Unknown | None, login: Provider | Unknown | None
) -> Iterator[Problem]:
    name = "nifi.security.user.authorizer"
    if authorizer is None:
        yield _problem(loaded, name, f"expected an authorizer of authorizers.xml for {name}", at)
    name = "nifi.security.user.login.identity.provider"
    wanted = loaded.plain(name)
    if login is None and isinstance(wanted, str) and wanted:
        yield _problem(loaded, name, f"expected a provider of login-identity-providers.xml for {name}", at)
    single = isinstance(authorizer, Provider) and authorizer.class_name == SINGLE_USER
    other = login is None or (isinstance(login, Provider) and login.class_name != "SingleUserLoginIdentityProvider")
    if single and other and isinstance(wanted, str):
        yield _problem(loaded, name, "expected single-user-provider for the single user authorizer", at)


def _problem(loaded: Loaded, name: str, message: str, at: Location) -> Problem:
    setting = loaded.settings.get(name)
    return Problem(at=(setting.at if setting is not None else None) or at, message=message)
