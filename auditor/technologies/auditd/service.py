"""The audit daemon, and the rules that are in force once all files are loaded.

Sources: auditd.conf(5), audisp-remote.conf(5), auditctl(8) and augenrules(8) of audit 3.0.9.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured

from .document import Rule

DEFAULTS: Final = {
    "write_logs": "yes", "log_format": "raw", "max_log_file_action": "ignore",
    "space_left_action": "ignore", "admin_space_left_action": "ignore", "disk_full_action": "ignore",
    "disk_error_action": "syslog", "transport": "tcp", "num_logs": "0", "enable_krb5": "no",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Auditd(Configured):
    """The daemon, with settings named as in auditd.conf; those of audisp-remote.conf are `remote/…`.

    `remote_plugin` is whether au-remote.conf switches sending on, None where that file is not in the tree.
    """

    remote_plugin: bool | Unknown | None = None

    @property
    def writes(self) -> bool | Unknown:
        """Whether records are written to the disk."""
        wanted, form = self.text("write_logs"), self.text("log_format")
        if isinstance(wanted, Unknown):
            return wanted
        return form if isinstance(form, Unknown) else wanted != "no" and form != "nolog"

    @property
    def sends(self) -> bool | Unknown:
        """Whether records are sent to another host."""
        server = self.text("remote/remote_server")
        if isinstance(server, Unknown):
            return server
        if not server:
            return False
        return True if self.remote_plugin is None else self.remote_plugin

    @property
    def listens_in_clear(self) -> bool | Unknown:
        """Whether records are taken from the network without Kerberos."""
        port, transport, kerberos = self.text("tcp_listen_port"), self.text("transport"), self.text("enable_krb5")
        if isinstance(port, Unknown):
            return port
        if isinstance(transport, Unknown):
            return transport
        if isinstance(kerberos, Unknown):
            return kerberos
        return bool(port) and transport != "krb5" and kerberos != "yes"


@dataclass(frozen=True, kw_only=True)
class AuditRules(Service):
    """The rules of a host in the order in which they are loaded; `gap` is why rules are not known, "" if all are."""

    rules: tuple[Rule, ...]
    gap: str = ""

    @property
    def enabled(self) -> tuple[str, Location | None]:
        """The last `-e`: 0 is off, 1 is on (the default), 2 is on until the next restart; with its place."""
        found: tuple[str, Location | None] = ("1", None)
        for rule in self.rules:
            if len(rule.words) >= 2 and rule.words[0] == "-e":
                found = (rule.words[1], rule.at)
        return found

    @property
    def switches_off(self) -> Location | None:
        """The rule before all others that keeps every task from being audited."""
        for rule in self.rules:
            if rule.words[0] in {"-a", "-A"} and rule.words[1:] in {("never,task",), ("task,never",)}:
                return rule.at
        return None

    def watches(self, path: str) -> bool:
        """Tell whether changes of a file are recorded."""
        return any(_covers(watched, path) for watched in _watched(self.rules))

    def records_call(self, *names: str) -> bool:
        """Tell whether one of the system calls is recorded."""
        return any(
            call in names
            for rule in self.rules
            if _is_always(rule)
            for option, value in zip(rule.words, rule.words[1:], strict=False)
            if option == "-S"
            for call in value.split(",")
        )


def effective(rules: Sequence[Rule], *, generated: bool) -> tuple[Rule, ...]:
    """Return the rules that are in force when all lines are loaded.

    `generated`: augenrules puts the files of rules.d together, `-D` first and `-e` last. Else the lines are loaded as
    they stand: `-D` deletes those before it, and behind `-e 2` nothing changes any more.
    """
    if generated:
        plain = [rule for rule in rules if rule.words[0] not in {"-D", "-e"}]
        return (*plain, *(rule for rule in rules if rule.words[0] == "-e"))
    found: list[Rule] = []
    for rule in rules:
        if rule.words[0] == "-D":
            found = [kept for kept in found if kept.words[0] == "-e"]
            continue
        found.append(rule)
        if rule.words[:2] == ("-e", "2"):
            break
    return tuple(found)


def _is_always(rule: Rule) -> bool:
    words = rule.words
    return len(words) > 1 and words[0] in {"-a", "-A"} and set(words[1].split(",")) == {"always", "exit"}


def _watched(rules: Sequence[Rule]) -> Iterator[tuple[str, bool]]:
    """Yield the paths of which changes of content and attributes are recorded, with whether it is a folder's tree."""
    for rule in rules:
        options = dict(zip(rule.words, rule.words[1:], strict=False))
        if "-w" in options:
            if {"w", "a"} <= set(options.get("-p", "rwxa")):
                yield options["-w"].rstrip("/"), True
        elif _is_always(rule):
            fields = [
                value.partition("=")
                for option, value in zip(rule.words, rule.words[1:], strict=False)
                if option == "-F"
            ]
            named = {name: value for name, sign, value in fields if sign}
            if {"w", "a"} <= set(named.get("perm", "" if "-S" in options else "rwxa")):
                if "path" in named:
                    yield named["path"], False
                if "dir" in named:
                    yield named["dir"].rstrip("/"), True


def _covers(watched: tuple[str, bool], path: str) -> bool:
    place, is_tree = watched
    return path == place or (is_tree and path.startswith(place + "/"))
