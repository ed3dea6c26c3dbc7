"""Which files configure Keycloak: exported realms and keycloak.conf."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(r".*\.json(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb))*")
_REALM = lazy(r'"realm"\s*:\s*"')
_ENABLED = lazy(r'"enabled"\s*:\s*(?:true|false|"|\{\{)')
_OWN = lazy(
    r'"(?:sslRequired|bruteForceProtected|ssoSession\w+|accessTokenLifespan\w*|passwordPolicy|registrationAllowed'
    r"|registrationEmailAsUsername|loginWithEmailAllowed|duplicateEmailsAllowed|defaultSignatureAlgorithm|rememberMe"
    r"|otpPolicyType|browserFlow|eventsEnabled|adminEventsEnabled|eventsListeners|displayNameHtml|revokeRefreshToken"
    r'|publicClient|realmRoles)"\s*:'
)
_CLIENTS = lazy(r'"(?:clients|users|roles)"\s*:')
_CONF_NAME = lazy(r"(?:.*[._-])?keycloak\.conf(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb))*")
_CONF_KEY = lazy(
    r"^[ \t]*+(?:#[ \t]*+)?(?:kc\.)?(?:db|hostname|https?|proxy|log|health|metrics|features|cache|spi|truststore)"
    r"(?:-[\w-]+)?[ \t]*[=:]",
    re.M,
)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is one of Keycloak's, None if it is not."""
    if ".json" in name:
        if '"realm"' not in head or '"enabled"' not in head or '"auth-server-url"' in head:
            return None
        if not _NAME.fullmatch(name) or not _REALM.search(head) or not _ENABLED.search(head):
            return None
        named = "realm" in name or "keycloak" in path.lower()
        if _OWN.search(head):
            return Recognition("a realm of Keycloak as JSON", 3 if named else 2)
        return Recognition("a realm with its clients or users", 2) if named and _CLIENTS.search(head) else None
    if "keycloak.conf" in name and _CONF_NAME.fullmatch(name) and _CONF_KEY.search(head):
        return Recognition("named keycloak.conf, with its options", 3)
    return None


TECHNOLOGY = Registered(
    "keycloak",
    "Keycloak",
    "auditor.technologies.keycloak:KEYCLOAK",
    recognise,
    words=("keycloak", "kc.sh"),
    files="exported realms (JSON), keycloak.conf",
    versions="17 to 26",
)
