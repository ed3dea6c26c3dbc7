"""Find the authorizer and the providers that nifi.properties selects."""

import posixpath
from collections.abc import Callable

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .image_settings import Variables, apply_ldap
from .loader import Loaded
from .providers import (
    LDAP_LOGIN,
    LDAP_USERS,
    SINGLE_USER,
    ZOOKEEPER_STATE,
    Provider,
    ProviderFile,
    ProviderProperty,
    read_providers,
    user_groups,
)
from .service import LdapConnection

Opener = Callable[[str], Source | Unknown | None]
_AUTHORIZERS = ("nifi.authorizer.configuration.file", "./conf/authorizers.xml")
_LOGIN = ("nifi.login.identity.provider.configuration.file", "./conf/login-identity-providers.xml")
_STATE = ("nifi.state.management.configuration.file", "./conf/state-management.xml")
_LDAP_AS_SHIPPED = {"Authentication Strategy": "START_TLS", "Manager DN": "", "Manager Password": ""}
_LDAP_BLANK = {"TLS - Protocol": "", "Url": "", "Authentication Expiration": "12 hours"}


@dataclass(frozen=True)
class Selection:
    """What is selected, None where nothing is, and what could not be read."""

    authorizer: Provider | Unknown | None
    login: Provider | Unknown | None
    directories: tuple[LdapConnection, ...]
    directories_doubt: str
    """Why there may be more directories, "" if there are not."""
    cluster_state: Provider | Unknown | None
    problems: tuple[Problem, ...]


def select(
    loaded: Loaded, open_file: Opener, variables: Variables | None, at: Location, *, in_image: bool
) -> Selection:
    """Return what the properties select; `variables` are those of a container whose start script edits the files.

    A file that is not there is the distribution's own in a container of the image, and not known elsewhere.
    """
    method = variables.get("AUTH") if variables is not None else None
    problems: list[Problem] = []

    def file_of(named: tuple[str, str], own: ProviderFile | None) -> ProviderFile | Unknown:
        path = loaded.plain(named[0])
        if isinstance(path, Unknown) and loaded.settings.is_explicit(named[0]):
            return path
        found = open_file(path if isinstance(path, str) and path else named[1])
        if isinstance(found, Source):
            loaded.consumed.add(found.key)
            read = read_providers(found)
            problems.extend(read.problems)
            return read
        if isinstance(found, Unknown):
            return found
        return own if own is not None else Unknown(f"{posixpath.basename(named[1])} is not in the scanned files")

    authorizers = file_of(_AUTHORIZERS, shipped_authorizers(at) if in_image else None)
    login_file = file_of(_LOGIN, shipped_logins(at) if in_image else None)
    if variables is not None and method is not None and isinstance(login_file, ProviderFile):
        if isinstance(method[0], Unknown):
            login_file = method[0]
        elif method[0] == "ldap":
            login_file = apply_ldap(_with_ldap(login_file), variables)
    state_file = file_of(_STATE, shipped_state(at) if in_image else None)

    authorizer = _chosen(loaded, "nifi.security.user.authorizer", authorizers, "authorizer", at)
    login = _chosen(loaded, "nifi.security.user.login.identity.provider", login_file, "provider", at)
    state = _chosen(loaded, "nifi.state.management.provider.cluster", state_file, "cluster-provider", at)
    directories, doubt = _directories(authorizer, login, authorizers)
    return Selection(authorizer, login, directories, doubt, state, tuple(problems))


def _chosen(
    loaded: Loaded, name: str, file: ProviderFile | Unknown, kind: str, at: Location
) -> Provider | Unknown | None:
    identifier = loaded.plain(name)
    if isinstance(identifier, Unknown):
        return identifier
    if not identifier:
        # Every nifi.properties that starts over HTTPS selects an authorizer.
        said = loaded.settings.is_explicit(name) or kind != "authorizer"
        return None if said else Unknown("the file does not select an authorizer")
    if isinstance(file, ProviderFile):
        return file.find(kind, identifier)
    # The distribution's own names tell enough without the file.
    own = {each.identifier: each for each in (*_authorizers(at), _single_user(at))}
    known = own.get(identifier) if identifier.startswith("single-user-") else None
    return known if known is not None else file


def _directories(
    authorizer: Provider | Unknown | None, login: Provider | Unknown | None, file: ProviderFile | Unknown
) -> tuple[tuple[LdapConnection, ...], str]:
    """Return the connections to directories, and why there may be more ("" if there are not)."""
    found: list[LdapConnection] = []
    if isinstance(login, Provider) and login.class_name == LDAP_LOGIN:
        found.append(LdapConnection(login, asks_passwords=True))
    doubt = login.reason if isinstance(login, Unknown) else ""
    if isinstance(authorizer, Unknown):
        doubt = doubt or authorizer.reason
    elif authorizer is not None and authorizer.class_name != SINGLE_USER:
        groups = user_groups(authorizer, file) if isinstance(file, ProviderFile) else file
        if isinstance(groups, Unknown):
            doubt = doubt or groups.reason
        else:
            found += [LdapConnection(each, asks_passwords=False) for each in groups if each.class_name == LDAP_USERS]
    return tuple(found), doubt


def _with_ldap(file: ProviderFile) -> ProviderFile:
    """Note that the script takes away the comment around the provider `ldap-provider`, which is not read here."""
    if any(each.identifier == "ldap-provider" for each in file.providers):
        return file
    return ProviderFile(providers=file.providers, problems=file.problems, partial="a comment that the script opens")


def shipped_authorizers(at: Location) -> ProviderFile:
    """Return what authorizers.xml of the distribution defines and is modelled."""
    return ProviderFile(providers=_authorizers(at))


def _authorizers(at: Location) -> tuple[Provider, ...]:
    return (
        Provider(kind="authorizer", identifier="managed-authorizer", class_name="StandardManagedAuthorizer", at=at),
        Provider(kind="authorizer", identifier="single-user-authorizer", class_name=SINGLE_USER, at=at),
    )


def _single_user(at: Location) -> Provider:
    class_name = "SingleUserLoginIdentityProvider"
    return Provider(kind="provider", identifier="single-user-provider", class_name=class_name, at=at)


def shipped_logins(at: Location) -> ProviderFile:
    """Return what login-identity-providers.xml of the distribution defines, `ldap-provider` out of its comment."""
    values = {**_LDAP_AS_SHIPPED, **_LDAP_BLANK}
    properties = tuple(ProviderProperty(name=name, value=value, at=at) for name, value in values.items())
    ldap = Provider(kind="provider", identifier="ldap-provider", class_name=LDAP_LOGIN, at=at, properties=properties)
    return ProviderFile(providers=(_single_user(at), ldap))


def shipped_state(at: Location) -> ProviderFile:
    """Return the providers of shared state that state-management.xml of the distribution defines."""
    access = ProviderProperty(name="Access Control", value="Open", at=at)
    return ProviderFile(
        providers=(
            Provider(
                kind="cluster-provider",
                identifier="zk-provider",
                class_name=ZOOKEEPER_STATE,
                at=at,
                properties=(access,),
            ),
            Provider(
                kind="cluster-provider",
                identifier="kubernetes-provider",
                class_name="KubernetesConfigMapStateProvider",
                at=at,
            ),
        )
    )
