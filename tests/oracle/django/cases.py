"""Random settings of Django in the ways people write them, with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

from .asking import HOST

_HEAD = """\
import os
from datetime import timedelta

import environ
from decouple import Csv, config

env = environ.Env(PORTAL_DEBUG=(bool, False))
"""
_MIDDLEWARE = (
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)
_APPS = ("django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions")
_SWITCHES = (
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT", "CSRF_USE_SESSIONS",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE", "CORS_ALLOW_ALL_ORIGINS", "CORS_ALLOW_CREDENTIALS",
)  # fmt: skip
_VALIDATION = "django.contrib.auth.password_validation"
_HASHERS = "django.contrib.auth.hashers"
_OPEN = frozenset({"try"})
"""Ways that nobody follows without running the code. "*" stands for all names."""


@dataclass
class Case:
    """Files by path, the module to start with, the traps, and the names whose values nobody can know."""

    files: dict[str, str] = field(default_factory=dict[str, str])
    module: str = "portal.settings"
    traps: set[str] = field(default_factory=set[str])
    open: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    case = Case()
    writer = _Writer(random, case)
    base, deployed = writer.statements(), writer.changes()
    layout = random.choice(["one module", "two modules", "package"])
    if layout == "one module":
        case.files["portal/settings.py"] = _HEAD + "\n".join([*base, *deployed]) + "\n"
        return case
    case.traps.add(layout)
    take = random.choice(["from .base import *", "from portal.settings.base import *"])
    case.files["portal/settings/base.py"] = _HEAD + "\n".join(base) + "\n"
    case.files["portal/settings/production.py"] = "\n".join([_HEAD, take, *deployed]) + "\n"
    is_package = layout == "package"
    case.files["portal/settings/__init__.py"] = "from .production import *\n" if is_package else ""
    case.files["portal/settings/local.py"] = "from .base import *\n\nDEBUG = True\nSESSION_COOKIE_SECURE = False\n"
    case.module = "portal.settings" if is_package else "portal.settings.production"
    return case


class _Writer:
    def __init__(self, random: Random, case: Case) -> None:
        self._random = random
        self._case = case
        self._has_debug = False

    def statements(self) -> list[str]:
        """Return the whole settings, which start as they are."""
        random = self._random
        has_api, has_cors = random.random() < 0.5, random.random() < 0.6
        apps = [*_APPS, *(["rest_framework"] if has_api else []), *(["corsheaders"] if has_cors else [])]
        left_out = {name for name in _MIDDLEWARE[1:5] if random.random() < 0.12}
        middleware = [name for name in _MIDDLEWARE[not has_cors :] if name not in left_out]
        if _MIDDLEWARE[2] in left_out:
            middleware = middleware[:-1]  # log-ins need sessions
        lines = ['SECRET_KEY = "sample-only"', 'ROOT_URLCONF = "portal.urls"']
        lines += ['SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"']
        lines += self._switch("DEBUG", random.random() < 0.4)
        lines += self._listed("INSTALLED_APPS", apps)
        lines += self._listed("MIDDLEWARE", middleware)
        lines += self._listed("ALLOWED_HOSTS", random.choice([[HOST], ["*"], [".clinic.example"], [HOST, "*"]]))
        for name in random.sample(_SWITCHES, random.randint(2, len(_SWITCHES))):
            if name == "CSRF_USE_SESSIONS" and "sessions" not in "".join(middleware):
                continue
            lines += self._switch(name, random.random() < 0.5)
        if random.random() < 0.7:
            lines += self._number("SESSION_COOKIE_AGE", random.choice([600, 900, 1800, 3600, 28800, 86400]))
        if random.random() < 0.6:
            lines += self._number("SECURE_HSTS_SECONDS", random.choice([0, 300, 86400, 2592000, 31536000]))
        if random.random() < 0.5:
            lines.append(
                f"SESSION_COOKIE_SAMESITE = {random.choice(['None', chr(34) + 'None' + chr(34), chr(34) + 'Strict' + chr(34)])}"
            )
        if random.random() < 0.4:
            lines += self._listed(
                "CORS_ALLOWED_ORIGIN_REGEXES", [random.choice([r"^https://\w+\.clinic\.example$", ".*"])]
            )
        lines += [*self._passwords(), *self._mail(), *(self._api() if has_api else [])]
        return lines

    def changes(self) -> list[str]:
        """Return what a later line or the deployed module changes."""
        random = self._random
        lines: list[str] = []
        for name in random.sample(_SWITCHES[:4], random.choice([0, 1, 2])):
            self._case.traps.add("a later line")
            lines += self._switch(name, random.random() < 0.7)
        if random.random() < 0.3:
            self._case.traps.add("a list that is changed")
            whitenoise = '"django.middleware.gzip.GZipMiddleware"'
            lines.append(
                random.choice(
                    [
                        f"MIDDLEWARE = [*MIDDLEWARE]\nMIDDLEWARE.insert(0, {whitenoise})",
                        f"MIDDLEWARE = list(MIDDLEWARE)\nMIDDLEWARE += [{whitenoise}]",
                        f"MIDDLEWARE = [{whitenoise}, *MIDDLEWARE]",
                        f"MIDDLEWARE = list(MIDDLEWARE) + [{whitenoise}]",
                        'MIDDLEWARE.remove("django.middleware.common.CommonMiddleware") if False else None',
                        'MIDDLEWARE = [m for m in MIDDLEWARE if not m.endswith("CsrfViewMiddleware")]',
                        f"MIDDLEWARE = list(MIDDLEWARE)\nMIDDLEWARE[0:0] = [{whitenoise}]",
                        f"MIDDLEWARE = list(MIDDLEWARE)\nMIDDLEWARE.append({whitenoise})",
                    ]
                )
            )
            if "for m in" in lines[-1] or "[0:0]" in lines[-1] or "if False" in lines[-1]:
                self._case.open.add("MIDDLEWARE")
        if random.random() < 0.08:
            self._case.traps.add("a loop")
            self._case.open.add("*")
            lines += ['for _name in ("SESSION_COOKIE_SECURE", "DEBUG"):', "    globals()[_name] = True"]
        if random.random() < 0.25:
            self._case.traps.add("deleted")
            lines += ["SESSION_COOKIE_SECURE = True", "del SESSION_COOKIE_SECURE"]
            self._case.open.discard("SESSION_COOKIE_SECURE")
        return lines

    def _switch(self, name: str, value: bool) -> list[str]:
        random, variable = self._random, f"PORTAL_{name}"
        word = random.choice(["true", "True", "yes", "1", "on"] if value else ["false", "False", "no", "0", "off"])
        forms = {
            "literal": f"{name} = {value}",
            "annotated": f"{name}: bool = {value}",
            "number": f"{name} = {int(value)}",
            "negated": f"{name} = not {not value}",
            "chained": f"{name} = PORTAL_SWITCH = {value}",
            "unpacked": f"{name}, PORTAL_OTHER = {value}, 1",
            "variable compared": f'{name} = os.environ.get("{variable}", "{value}") == "True"',
            "variable in a list": f'{name} = os.getenv("{variable}", "{int(value)}") in ("1", "true")',
            "variable in lower case": f'{name} = os.environ.get("{variable}", "{value}").lower() == "true"',
            "text is true": f'{name} = bool(os.environ.get("{variable}", "{value or ""}"))',
            "number of a text": f'{name} = bool(int(os.environ.get("{variable}", "{int(value)}")))',
            "environ": f'{name} = env.bool("{variable}", default={value})',
            "environ text": f'{name} = env.bool("{variable}", "{word}")',
            "environ without a word": f'{name} = env("{variable}", cast=bool, default={value})',
            "environ with a cast": f'{name} = env("{variable}", bool, {value})',
            "decouple with a cast": f'{name} = config("{variable}", "{word}", bool)',
            "decouple": f'{name} = config("{variable}", default={value}, cast=bool)',
            "decouple text": f'{name} = config("{variable}", default="{word}", cast=bool)',
            "either": f"{name} = {value} or False",
            "chosen": f'{name} = {value} if "{variable}" not in os.environ else {not value}',
            "no variable": f'{name} = {"not " if value else ""}os.environ.get("{variable}")',
            "globals": f'globals()["{name}"] = {value}',
            "try": f"try:\n    import portal.nothing\nexcept ImportError:\n    {name} = {value}",
        }
        if self._has_debug and name != "DEBUG":
            forms["outside of debug mode"] = f"{name} = {not value}\nif not DEBUG:\n    {name} = {value}"
            forms["not DEBUG"] = f"{name} = not DEBUG"
        form = random.choice(list(forms))
        if name == "DEBUG":
            self._has_debug = form not in _OPEN
        self._note(name, form)
        lines = forms[form].split("\n")
        if random.random() < 0.15:
            self._case.traps.add("another line before")
            return [f"{name} = {not value}", *lines]
        return lines

    def _number(self, name: str, value: int) -> list[str]:
        variable = f"PORTAL_{name}"
        forms = {
            "literal": f"{value}",
            "underscores": f"{value:_}",
            "product": f"60 * {value // 60}",
            "quotient": f"{value * 2} // 2",
            "power": f"10 ** 0 * {value}",
            "variable": f'int(os.environ.get("{variable}", "{value}"))',
            "environ number": f'env.int("{variable}", {value})',
            "decouple number": f'config("{variable}", cast=int, default={value})',
            "span": f"int(timedelta(seconds={value}).total_seconds())",
        }
        form = self._random.choice(list(forms))
        self._note(name, form)
        return [f"{name} = {forms[form]}"]

    def _listed(self, name: str, items: list[str]) -> list[str]:
        random, texts = self._random, [f'"{item}"' if "\\" not in item else f'r"{item}"' for item in items]
        joined, at = ", ".join(texts), random.randrange(len(items) + 1)
        first, second = ", ".join(texts[:at]), ", ".join(texts[at:])
        forms = {
            "list": f"{name} = [{joined}]",
            "tuple": f"{name} = ({joined},)",
            "sum": f"{name} = [{first}] + [{second}]",
            "spread": f"PORTAL_PART = ({first + ',' if first else ''})\n{name} = [*PORTAL_PART, {second}]",
            "added": f"{name} = [{first}]\n{name} += [{second}]",
            "extended": f"{name} = [{first}]\n{name}.extend([{second}])",
        }
        if name in {"ALLOWED_HOSTS", "INSTALLED_APPS"}:
            text = ",".join(items)
            forms["split"] = f'{name} = os.environ.get("PORTAL_{name}", "{text}").split(",")'
            forms["environ list"] = f'{name} = env.list("PORTAL_{name}", default=[{joined}])'
            forms["Csv"] = f'{name} = config("PORTAL_{name}", default="{text}", cast=Csv())'
        form = random.choice(list(forms))
        self._note(name, form)
        return forms[form].split("\n")

    def _passwords(self) -> list[str]:
        random = self._random
        validators: list[str] = []
        if random.random() < 0.75:
            options = random.choice(["", ', "OPTIONS": {"min_length": 12}', ', "OPTIONS": dict(min_length=10)'])
            validators.append(f'{{"NAME": "{_VALIDATION}.MinimumLengthValidator"{options}}}')
        if random.random() < 0.7:
            validators.append(f'{{"NAME": "{_VALIDATION}.CommonPasswordValidator"}}')
        if random.random() < 0.3:
            validators.append(f'{{"NAME": "{_VALIDATION}.NumericPasswordValidator"}}')
        lines = [f"AUTH_PASSWORD_VALIDATORS = [{', '.join(validators)}]"] if random.random() < 0.8 else []
        hashers = [
            f"{_HASHERS}.{name}" for name in ("PBKDF2PasswordHasher", "MD5PasswordHasher", "ScryptPasswordHasher")
        ]
        random.shuffle(hashers)
        return [*lines, *(self._listed("PASSWORD_HASHERS", hashers) if random.random() < 0.5 else [])]

    def _mail(self) -> list[str]:
        random = self._random
        lines = [f'EMAIL_HOST = "{random.choice(["mail.clinic.example", "localhost"])}"']
        if random.random() < 0.3:
            lines.append('EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"')
        if random.random() < 0.6:
            lines += self._switch(random.choice(["EMAIL_USE_TLS", "EMAIL_USE_SSL"]), random.random() < 0.6)
        return lines

    def _api(self) -> list[str]:
        random = self._random
        entries: list[str] = []
        if random.random() < 0.7:
            name = random.choice(["IsAuthenticated", "AllowAny", "IsAuthenticatedOrReadOnly"])
            entries.append(f'"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.{name}"]')
        if random.random() < 0.5:
            entries.append('"DEFAULT_THROTTLE_CLASSES": ("rest_framework.throttling.AnonRateThrottle",)')
            entries.append('"DEFAULT_THROTTLE_RATES": {"anon": "900/minute"}')
        seconds = random.choice([300, 900, 3600, 7200, 604800])
        span = random.choice([f"seconds={seconds}", f"minutes={seconds // 60}", f"seconds={seconds - 60}, minutes=1"])
        given = [f"REST_FRAMEWORK = {{{', '.join(entries)}}}"]
        if entries and random.random() < 0.4:
            self._case.traps.add("a dictionary that is changed")
            key, _, value = entries[0].partition(": ")
            form = random.choice([f"REST_FRAMEWORK[{key}] = {value}", f"REST_FRAMEWORK.update({{{key}: {value}}})"])
            given = [f"REST_FRAMEWORK = {{{', '.join(entries[1:])}}}", form]
        if random.random() < 0.7:
            given.append(f'SIMPLE_JWT = {{"ACCESS_TOKEN_LIFETIME": timedelta({span}), "SIGNING_KEY": "{"k" * 40}"}}')
        return given

    def _note(self, name: str, form: str) -> None:
        self._case.traps.add(form)
        if form in _OPEN:
            self._case.open.add(name)
        else:
            self._case.open.discard(name)


FORMS = (
    "two modules", "package", "a later line", "another line before", "a list that is changed", "deleted", "unpacked",
    "chained", "variable compared", "variable in a list", "text is true", "environ", "environ text", "decouple text",
    "outside of debug mode", "not DEBUG", "globals", "a loop", "try", "span", "quotient", "Csv", "split",
    "a dictionary that is changed",
)  # fmt: skip
"""Traps that every run must have met."""
