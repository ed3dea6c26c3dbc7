"""The settings that a report shows of an HAProxy."""

from collections.abc import Iterable

from auditor.model.secret import Secret, seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import HOLE, Unknown

from .sections import Line
from .service import Haproxy

_SHOWN = frozenset(
    {
        "bind", "mode", "server", "default-server", "default_backend", "use_backend", "redirect", "timeout", "log",
        "maxconn", "ssl-default-bind-options", "ssl-default-bind-ciphers", "ssl-default-server-options",
        "ssl-server-verify", "stats", "option", "monitor-uri", "cookie", "no", "user", "chroot",
    }
)  # fmt: skip
_RULES = frozenset({"deny", "auth", "redirect", "allow", "reject", "tarpit", "use-service"})
_SOURCE = "HAProxy configuration manual {version}, {keyword}"
_DEFAULTS = (
    ("global: ssl-server-verify", "required", "2.6", "ssl-server-verify"),
    ("global: ssl-min-ver of listeners", "TLSv1.2", "2.2 and later", "ssl-min-ver"),
)


def shown_settings(service: Haproxy) -> Settings:
    """Return what is written and bears on security, by section and keyword, and the defaults of TLS."""
    settings = Settings()
    for name, value, version, keyword in _DEFAULTS:
        source = _SOURCE.format(version=version, keyword=keyword)
        settings.set(Setting(name, value, Origin.DEFAULT, source=source))
    texts: dict[str, list[str]] = {}
    for section in service.sections:
        if section.kind in {"global", "defaults", "frontend", "backend", "listen"}:
            label = " ".join(filter(None, (section.kind, section.name))).replace(HOLE, "?")
            _add(settings, texts, label, section.lines)
    for name, found in texts.items():
        settings.set(Setting(name, "; ".join(found), Origin.FILE, settings[name].at))
    return settings


def _add(settings: Settings, texts: dict[str, list[str]], label: str, lines: Iterable[Line]) -> None:
    for line in lines:
        is_rule = line.name == "http-request" and len(line.words) > 1 and line.words[1] in _RULES
        if line.name not in _SHOWN and not is_rule:
            continue
        named, value = _value(line)
        name = f"{label}: {named}"
        settings.set(Setting(name, value, Origin.FILE, line.at))
        if isinstance(value, str):
            texts.setdefault(name, []).append(value)
        else:
            texts.pop(name, None)


def _value(line: Line) -> tuple[str, str | Secret | Unknown]:
    if line.starts("stats", "auth"):
        return "stats auth", seal(line.words[-1].partition(":")[2])
    if line.doubt:
        return line.name, Unknown(line.doubt)
    if line.name in {"timeout", "stats", "option", "http-request"} and len(line.words) > 1:
        return f"{line.name} {line.words[1]}".replace(HOLE, "?"), line.shown(2)
    return line.name, line.shown(1)
