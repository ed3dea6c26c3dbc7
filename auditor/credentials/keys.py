"""What a key's name says: whether its value is a secret, and what the secret is for."""

from functools import lru_cache

from auditor.patterns import lazy

_CAMEL = lazy(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SEPARATOR = lazy(r"[^A-Za-z0-9]+")

_SECRET_WORDS = frozenset(
    "password passwords passwd passphrase passcode pass pwd pw secret secrets token credential credentials apikey "
    "secretkey privatekey authkey salt pepper hmac requirepass masterauth authtoken apitoken dbpass dbpassword "
    "userpass rootpw bindpw jwtsecret jwt".split()
)
_KEY_QUALIFIERS = frozenset(
    "api private encryption encrypt signing sign secret app application master auth session cookie csrf "
    "jwt hmac aes fernet client account shared storage crypto cipher ssh license service admin".split()
)
"""Words before a final `key` that make it a secret (`api_key`); a bare or other `key` (`primary_key`) is not."""
_KEY_PAIRS = frozenset({("secret", "access"), ("sensitive", "props")})
"""The same for two words: `secret_access_key`, and the key that NiFi encrypts its flows' passwords with."""
_NOT_SECRET_TAILS = frozenset(
    "public pub file files path paths dir directory name names id ids arn url urls uri uris endpoint ttl expiry "
    "expires expiration expire length len size policy prefix suffix header headers enabled enable disabled type "
    "alg algorithm provider providers ref hint version namespace query rounds user users username host hosts "
    "hostname port min max age days hours minutes seconds timeout interval lifetime duration count required regex "
    "pattern format store location field label param parameter mode method strategy driver class engine issuer "
    "audience scope scopes reset change rotation rotate validation validator encryption hashing hasher check "
    "strength column env var command plugin manager backend source mount volume domain region bucket".split()
)
_HASH_TAILS = frozenset("hash md5 sha1 sha256 digest".split())
"""Behind a password's word: the value is its hash."""
PASSWORD_WORDS = frozenset(
    "password passwords passwd passphrase passcode pass pwd pw rootpw bindpw userpass dbpass dbpassword".split()
)
"""Words of keys whose secret is a password to log in with."""
_ENVIRONMENT_TAILS = frozenset("prod production dev development test staging stage live local default old new".split())


@lru_cache(maxsize=65536)
def tokens(key: str) -> tuple[str, ...]:
    """Split a key into lower-case words at separators and camelCase: `dbPassword` is ("db", "password")."""
    words: list[str] = []
    for part in _SEPARATOR.split(key):
        words.extend(word.lower() for word in _CAMEL.split(part) if word)
    return tuple(words)


def setting_name(name: str) -> str:
    """Return a setting's name as environment variables write it: `jwtSecret` and `jwt-secret` are `JWT_SECRET`."""
    return "_".join(tokens(name)).upper()


@lru_cache(maxsize=65536)
def names_secret(key: str) -> bool:
    """Tell whether a value under this key is meant to be secret, by the last words of the key."""
    words = tokens(key)
    while words and (words[-1].isdigit() or (len(words) > 1 and words[-1] in _ENVIRONMENT_TAILS)):
        words = words[:-1]
    if not words or words[-1] in _NOT_SECRET_TAILS:
        return False
    last = words[-1]
    if last in _HASH_TAILS:
        return len(words) > 1 and words[-2] in PASSWORD_WORDS
    if last == "credentials" and words[-2:-1] in {("key",), ("keystore",), ("truststore",)}:
        return False  # KAFKA_SSL_KEYSTORE_CREDENTIALS of Confluent's images: a file with the password
    if "*" in key or words[-3:] == ("beaker", "session", "key"):
        return False  # a pattern of paths (Shiro's `/api/credential/**`); the name of Beaker's cookie
    if last in {"secret", "secrets"} and not {"name", "names"}.isdisjoint(words):
        return False  # sm_name_secrets: what the secrets are called
    if last in {"secret", "secrets"} and words[-2:-1] in {("existing",), ("pull",)}:
        return False  # existingSecret, imagePullSecret: objects of a cluster, by name
    if last in _SECRET_WORDS:
        return not (last == "pass" and len(words) > 1 and words[-2] in {"proxy", "through", "by", "bypass", "allow"})
    if last in {"key", "keys"}:
        # An access key alone is an identifier (AWS, S3, MinIO); with "secret" before it, it is the key to it.
        return len(words) > 1 and (words[-2] in _KEY_QUALIFIERS or words[-3:-1] in _KEY_PAIRS)
    return words[-3:] == ("secret", "key", "base") or words[-2:] == ("erlang", "cookie")


_MECHANISMS: tuple[tuple[str, frozenset[str]], ...] = (
    ("jwt", frozenset("jwt jws jwe bearer".split())),
    ("csrf", frozenset("csrf xsrf".split())),
    ("session", frozenset("session sessions cookie cookies".split())),
    ("webhook", frozenset("webhook webhooks hook".split())),
    ("password-reset", frozenset("reset verify verification invite invitation activation".split())),
    ("pepper", frozenset("pepper salt".split())),
    ("encryption", frozenset("encryption encrypt crypto cipher aes fernet kek dek".split())),
    ("signing", frozenset("signing sign signature hmac".split())),
    ("cache", frozenset("redis valkey memcached cache requirepass masterauth sentinel".split())),
    (
        "db",
        frozenset(
            "db database postgres postgresql pg pgpassword mysql mariadb mongo mongodb sql mssql sa oracle cassandra "
            "couchdb influxdb influx clickhouse elastic elasticsearch opensearch jdbc datasource dsn".split()
        ),
    ),
    ("broker", frozenset("rabbitmq amqp kafka mqtt activemq nats broker sasl".split())),
    ("smtp", frozenset("smtp mail email sendgrid mailgun".split())),
    ("ldap", frozenset("ldap bind ad".split())),
    ("tls-key", frozenset("tls ssl cert keystore truststore".split())),
    ("storage", frozenset("minio s3 storage bucket".split())),
    ("oauth-client", frozenset("oauth oidc client sso saml keycloak".split())),
    ("provider-api", frozenset("api apikey aws azure gcp google stripe twilio github gitlab slack datadog".split())),
    ("account", frozenset("admin root user superuser grafana bootstrap".split())),
)
CRYPTOGRAPHIC = frozenset(
    {
        "jwt", "jwt-refresh", "csrf", "session", "webhook", "password-reset", "pepper", "encryption", "signing",
        "app-secret",
    }
)  # fmt: skip
"""Mechanisms whose secret is a key to compute with, not a password to log in with."""
ACCOUNTS = frozenset({"db", "cache", "broker", "smtp", "ldap", "storage", "account"})
"""Mechanisms whose secret is the password of an account."""
_APPLICATION_SECRETS = frozenset(
    {("secret", "key"), ("app", "key"), ("app", "secret"), ("secret", "key", "base"), ("application", "secret")}
)


@lru_cache(maxsize=65536)
def mechanism(key: str, path: tuple[str, ...] = ()) -> str:
    """Return what a secret under `key` (below the keys `path`) is for; "secret" if the words do not tell."""
    words = tokens(key)
    found = _mechanism_of(words)
    if found != "secret":
        return found
    is_password = not PASSWORD_WORDS.isdisjoint(words)
    for name in reversed(path):
        found = _mechanism_of(tokens(name))
        # What stands below `api` is not a provider's token for that: a password there logs in a user.
        if found != "secret" and not (is_password and found == "provider-api"):
            return found
    return "app-secret" if words[-2:] in _APPLICATION_SECRETS or words[-3:] in _APPLICATION_SECRETS else "secret"


def _mechanism_of(words: tuple[str, ...]) -> str:
    present = frozenset(words)
    if "refresh" in present and present & {"jwt", "token"}:
        return "jwt-refresh"
    if {"access", "token"} <= present and present & {"secret", "key"}:
        return "jwt"
    return next((name for name, vocabulary in _MECHANISMS if present & vocabulary), "secret")
