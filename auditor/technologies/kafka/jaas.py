"""Options of JAAS login modules: `name="value"` behind a module, in a file or in the value of `sasl.jaas.config`.

Source: `javax.security.auth.login.Configuration` of Java 17; Kafka's `JaasConfig` reads the property alike.
"""

import re
from collections.abc import Iterator
from dataclasses import field

from auditor.patterns import lazy
from auditor.records import dataclass

_MODULE = lazy(
    r"(?<![\w.$])(?P<module>[\w.$]{1,200}LoginModule)\s+(?:required|requisite|sufficient|optional)\b(?P<options>(?:[^;\"]|\"(?:[^\"\\]|\\.)*\")*+)",
    re.IGNORECASE,
)
_OPTION = lazy(
    r"(?<![\w.])(?P<name>[\w.]++)\s*+=\s*+(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s;\"']+))"
)
_SECRETS = frozenset({"password", "clientsecret", "storepass", "keypassword", "oauthbearer.client.secret"})


@dataclass(frozen=True)
class JaasSecret:
    """A password in a login module; `start` and `end` are the value's place in the text, without its quotes."""

    option: str
    principal: str | None
    value: str = field(repr=False)
    start: int
    end: int


def module_secrets(text: str) -> Iterator[JaasSecret]:
    """Yield the passwords of all login modules in `text`; `user_x="…"` is the password of the user x."""
    for module in _MODULE.finditer(text):
        options = list(_OPTION.finditer(text, module.start("options"), module.end("options")))
        names = {option["name"].lower(): _value(option) for option in options}
        for option in options:
            name = option["name"]
            is_user = name.startswith("user_") and "PlainLoginModule" in module["module"]
            is_user = is_user or (name.startswith("user_") and "DigestLoginModule" in module["module"])
            if not is_user and name.lower() not in _SECRETS:
                continue
            principal = name.removeprefix("user_") if is_user else names.get("username")
            group = next(group for group in ("quoted", "single", "bare") if option[group] is not None)
            yield JaasSecret(name, principal, option[group], option.start(group), option.end(group))


def _value(option: re.Match[str]) -> str:
    return option["quoted"] or option["single"] or option["bare"] or ""
