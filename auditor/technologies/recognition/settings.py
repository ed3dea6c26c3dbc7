"""Which files are an application's settings, of a format that many programs read, with something secret in them."""

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = lazy(r"\.(?:j2|tmpl|tpl|sample|example|dist|template|bak|orig|erb)$")
_LISTS = (".properties", ".ini", ".cfg", ".toml")
_TREES = lazy(
    r"(?:[\w-]+[._-])?(?:application|bootstrap|appsettings|app|config|configuration|settings|secrets?|credentials?"
    r"|database|databases|connections?|parameters|local|default|production|development|staging|test|vault|conf"
    r"|alertmanager|prometheus|datasources?|realm|traefik|dynamic|loki|server|service|users|clients|mongoid|deployment"
    r"|sftp|remote-sync|ftpconfig)"
    r"(?:[._-][\w.-]+)?\.(?:ya?ml|json)"
)
_ANSIBLE = lazy(r"(?:^|/)(?:group_vars|host_vars|vars|defaults)/[^/]+(?:/[^/]+)?$")
_MARKUP = lazy(r"nuget\.[\w.]*config|(?:context|server|tomcat-users|settings|standalone)\.xml")
_SCRIPTS = (".sh", ".bash", ".zsh")
_PROFILES = frozenset({".bash_profile", ".bashrc", ".bash_aliases", ".profile", ".zshrc", ".zshenv", ".envrc"})
_NOT_SETTINGS = frozenset(
    "pyproject.toml cargo.toml setup.cfg tox.ini pytest.ini mypy.ini .editorconfig desktop.ini package.json".split()
)
_TRANSLATED = lazy(
    r"(?:^|/)(?:i18n|l10n|locales?|lang|languages?|translations?)/|(?:^|/)(?:messages|labels|strings|texts|errors)[\w-]*\."
    r"|_[a-z]{2}(?:[_-][a-z]{2})?\.properties$"
)
"""Texts for people: `login.password=Password` is a label."""
_SECRETIVE = ("password", "passwd", "passphrase", "passcode", "secret", "token", "credential", "accountkey=")
"""Whatever names a secret in the files of programs, or carries one, in lower case."""
_ALSO_SECRETIVE = (
    ("pw", lazy(r"[._-]pwd?\b|pwd\s*[=:\"]")),
    ("key", lazy(r"(?:api|private|signing|encryption|access)[._-]?key")),
    ("connection", lazy(r"connection[._-]?string")),
    ("@", lazy(r"://[^\s:/@]+:[^\s@]+@")),
    ("salt", lazy(r"\bsalt\b")),
)
"""The same with what varies; a text without the word before it need not be searched."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Claim settings files in which something is named like a secret; every other technology's claim is stronger."""
    bare = _VARIANT.sub("", name)
    is_markup = bare.endswith((".config", ".xml")) and _MARKUP.fullmatch(bare) is not None
    if not (is_markup or _has_settings_name(bare, path.lower())) or name in _NOT_SETTINGS:
        return None
    if _TRANSLATED.search(path.lower()) or not _is_secretive(head.lower()):
        return None
    return Recognition(f"{name} is a settings file's name, and something in it is named like a secret", 1)


def _is_secretive(text: str) -> bool:
    if any(word in text for word in _SECRETIVE):
        return True
    return any(word in text and pattern.search(text) is not None for word, pattern in _ALSO_SECRETIVE)


def _has_settings_name(name: str, path: str) -> bool:
    if name.endswith(_LISTS + _SCRIPTS) or name in _PROFILES:
        return True
    if not name.endswith((".yml", ".yaml", ".json")):
        return False
    return _TREES.fullmatch(name) is not None or (not name.endswith(".json") and _ANSIBLE.search(path) is not None)


TECHNOLOGY = Registered(
    "settings",
    "Application settings",
    "auditor.technologies.settings:SETTINGS",
    recognise,
    files="application.yml, appsettings.json, properties, ini and toml files that name secrets",
)
