"""Settings of Django projects: the settings modules that are deployed, with what they take of others.

Defaults: Django 5.2, Settings (the same in 4.2); Django REST framework 3.16, Settings; Simple JWT 5.5, Settings.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from auditor.model.application import ApplicationSettings
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.setting import Origin, Setting
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.environments import environment_of, is_template_file

from .statements import Bound, Namespace
from .values import Span, Value, entries_of, items_of

_SIGNATURE = frozenset({"INSTALLED_APPS", "ROOT_URLCONF"})
_WORK = lazy(r"(?:^|.*[_.-])(?:debug|demo|docs|sandbox|unittests?|tests?)(?:[_.-].*|$)")
DEFAULTS: Final[Mapping[str, object]] = {
    "ALLOWED_HOSTS": [],
    "AUTH_PASSWORD_VALIDATORS": [],
    "CORS_ALLOWED_ORIGIN_REGEXES": [],
    "CORS_ALLOW_ALL_ORIGINS": False,
    "CORS_ALLOW_CREDENTIALS": False,
    "CORS_ORIGIN_ALLOW_ALL": False,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SECURE": False,
    "CSRF_USE_SESSIONS": False,
    "DEBUG": False,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "localhost",
    "EMAIL_USE_SSL": False,
    "EMAIL_USE_TLS": False,
    "INSTALLED_APPS": [],
    "MIDDLEWARE": [],
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
    "REST_FRAMEWORK": {},
    "SECURE_HSTS_SECONDS": 0,
    "SECURE_PROXY_SSL_HEADER": None,
    "SECURE_SSL_REDIRECT": False,
    "SESSION_COOKIE_AGE": 1209600,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_SECURE": False,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": False,
    "SESSION_SERIALIZER": "django.contrib.sessions.serializers.JSONSerializer",
    "SIMPLE_JWT": {},
}
"""What is judged here, and the value where a project sets none. Secrets are in none of these but SIMPLE_JWT."""
_TOKEN_LIFETIMES = frozenset({"ACCESS_TOKEN_LIFETIME", "REFRESH_TOKEN_LIFETIME", "ROTATE_REFRESH_TOKENS"})


@dataclass(frozen=True, kw_only=True)
class DjangoSettings(Fact):
    """The settings in force with one settings module. `undecided` is why one that nothing sets may have any value."""

    bound: Mapping[str, Bound] = field(default_factory=dict[str, Bound], repr=False)
    undecided: str | None = None

    def value(self, name: str) -> object:
        """Return a setting's value or default, an Unknown where that is not decided.

        A time span is a `Span`, a tuple a list; lists and dictionaries may hold Unknowns.
        """
        bound = self.bound.get(name)
        if bound is not None:
            return bound.value.value
        return DEFAULTS[name] if self.undecided is None else Unknown(self.undecided)

    def is_true(self, name: str) -> bool | Unknown:
        """Tell whether Python takes a setting for true."""
        value = self.value(name)
        return value if isinstance(value, Unknown) else bool(value)

    def text(self, name: str) -> str | Unknown:
        """Return a text, "" where the setting is something else."""
        value = self.value(name)
        return value if isinstance(value, str | Unknown) else ""

    def number(self, name: str) -> float | Unknown | None:
        """Return a number of seconds, None where the setting is none."""
        value = self.value(name)
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Span):
            return value.seconds
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def items(self, name: str) -> Sequence[object] | Unknown:
        """Return a list; a text is a list of one."""
        value = self.value(name)
        if isinstance(value, Unknown):
            return value
        return items_of(value) or ([value] if isinstance(value, str) else [])

    def lists(self, name: str, *wanted: str) -> bool | Unknown:
        """Tell whether a list holds an item that ends in one of `wanted`."""
        items = self.items(name)
        if isinstance(items, Unknown):
            return items
        if any(isinstance(item, str) and item.endswith(wanted) for item in items):
            return True
        return next((item for item in items if isinstance(item, Unknown)), False)

    def entry(self, name: str, key: str) -> object:
        """Return an entry of a dictionary, None where there is none, an Unknown where that is not decided."""
        value = self.value(name)
        entries = entries_of(value)
        if entries is None:
            return value if isinstance(value, Unknown) else None
        return entries.get(key, entries.get(None))

    def where(self, name: str) -> Location:
        """Return where a setting is given, the module's first line for a default."""
        bound = self.bound.get(name)
        return self.at if bound is None else bound.at

    def unless(self, name: str) -> str:
        """Return the end of a sentence that names the variables on whose absence the value stands."""
        bound = self.bound.get(name)
        if bound is None:
            return " by default"
        variables = list(dict.fromkeys(bound.value.variables))
        return f" unless {' or '.join(variables)} is set" if variables else ""

    def shown_settings(self) -> Iterable[Setting]:
        found: list[Setting] = []
        for name in sorted(DEFAULTS):
            value = self.value(name)
            bound = self.bound.get(name)
            origin = Origin.DEFAULT if bound is None else Origin.FILE
            shown = value if isinstance(value, Unknown) else _shown(value)
            source = "Django 5.2, Settings" if bound is None else ""
            found.append(Setting(name, shown, origin, None if bound is None else bound.at, source))
        return found


def _shown(value: object) -> str:
    items, entries = items_of(value), entries_of(value)
    if items is not None or entries is not None:
        size = len(items or entries or ())
        return f"{size} entr{'y' if size == 1 else 'ies'}"
    return f"{value.seconds:g} seconds" if isinstance(value, Span) else f"{value}"


def projects_in(namespaces: Mapping[str, Namespace]) -> Iterator[Fact]:
    """Yield the settings of every Django project, for Django's own checks and for those of all applications.

    Modules for development and tests, and those that deployed ones only take names of, are not judged alone.
    """
    settings = {path: found for path, found in namespaces.items() if _SIGNATURE & found.names.keys()}
    deployed = [path for path in settings if not _is_for_work(path)]
    bases = {base for path in deployed for base in settings[path].bases}
    for path in sorted(deployed):
        if path in bases:
            continue
        namespace = settings[path]
        at = Location(path, 1, 1)
        yield DjangoSettings(
            component=path,
            technology="django",
            at=at,
            bound={name: _without_secrets(name, b) for name, b in namespace.names.items() if name in DEFAULTS},
            undecided=namespace.open,
        )
        variables = dict(_variables(namespace))
        if variables:
            yield ApplicationSettings(
                component=path,
                technology="django",
                at=at,
                variables=variables,
                environment=environment_of(path),
            )


def _is_for_work(path: str) -> bool:
    return (
        environment_of(path) in {"development", "test"}
        or is_template_file(path)
        or _WORK.fullmatch(path.rpartition("/")[2]) is not None
    )


def _without_secrets(name: str, bound: Bound) -> Bound:
    entries = entries_of(bound.value.value)
    if name != "SIMPLE_JWT" or entries is None:
        return bound
    kept = {key: item for key, item in entries.items() if key is None or key in _TOKEN_LIFETIMES}
    return Bound(Value(kept, bound.value.variables), bound.at)


def _variables(namespace: Namespace) -> Iterator[tuple[str, Variable]]:
    """Yield the constants that other checks know the meaning of: texts, numbers, switches, lists of texts."""
    for name, bound in namespace.names.items():
        value = bound.value.value
        if not name.isupper() or name in DEFAULTS or bound.value.variables:
            continue
        items = items_of(value)
        if items is not None and all(isinstance(item, str) for item in items):
            value = ",".join(str(item) for item in items)
        if isinstance(value, Span):
            value = f"{value.seconds:g}s"
        if isinstance(value, bool | int | str):
            yield name, Variable(name=name, value=str(value), at=bound.at)
