"""A service of systemd with its effective sandbox."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.host import HostProgram

from .capabilities import EVERY, MASTERY, TAKEN_BY
from .command import Command
from .directives import NAMESPACES, Directives, Families, Ignored
from .exposed import in_environment, on_command_lines

_IMPLIES_NO_NEW_PRIVILEGES: Final = (
    "LockPersonality", "MemoryDenyWriteExecute", "PrivateDevices", "ProtectClock", "ProtectHostname",
    "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "RestrictRealtime", "RestrictSUIDSGID",
)  # fmt: skip
"""systemd.exec(5) of 252, NoNewPrivileges=: for a service without CAP_SYS_ADMIN, each of these switches it on."""
_IMPLIED_LISTS: Final = ("RestrictAddressFamilies", "SystemCallArchitectures", "SystemCallFilter")
_WITHOUT_SANDBOX: Final = frozenset(
    "docker dockerd docker-compose podman podman-compose containerd nerdctl crio kubelet k3s runc lxc-start lxd incusd "
    "systemd-nspawn machinectl snap flatpak "
    "sshd agetty getty login gdm lightdm cron crond atd sudo su runuser tmux screen supervisord".split()
)
"""Programs that start containers or people's sessions: a sandbox would be that of all they start, or is not theirs."""
_CHANGES_USER: Final = lazy(
    r"nginx|openresty|apache2(ctl)?|apachectl|httpd|php-fpm[\d.]*|haproxy|varnishd|squid|named|unbound|chronyd|ntpd|"
    r"postfix|master|dovecot|vsftpd|proftpd|pure-ftpd|rsync|openvpn|rpcbind|snmpd|dnsmasq|freshclam|memcached|mysqld|"
    r"mariadbd|pg_ctlcluster|avahi-daemon|dbus-daemon|polkitd"
)
"""Programs that start as root for a port or a key and then serve clients as a user of their own."""
_DYNAMIC: Final = frozenset({"NoNewPrivileges", "PrivateTmp", "RemoveIPC", "RestrictSUIDSGID"})
"""What DynamicUser= switches on for good (systemd.exec(5) of 252)."""


@dataclass(frozen=True, kw_only=True)
class SystemdService(HostProgram):
    """A service. Directives that are on by way of others count as on.

    `commands` are those of ExecStart= and of what runs before and after it. `is_daemon` tells whether it keeps
    running: a oneshot, a job of a timer and one process for each connection do not.
    """

    name: str
    directives: Directives
    commands: tuple[Command, ...] = ()
    is_daemon: bool = True
    is_user_unit: bool = False

    @property
    def is_service_of_the_system(self) -> bool:
        """Whether the system's manager runs it all the time, and its own sandbox is what counts."""
        return self.is_daemon and not self.is_user_unit and bool(self.started) and not self.has_no_sandbox

    @property
    def started(self) -> tuple[Command, ...]:
        """The commands of ExecStart=."""
        return tuple(command for command in self.commands if command.directive == "ExecStart")

    @property
    def has_no_sandbox(self) -> bool:
        """Whether its program starts containers or sessions, or is a part of systemd, which sets its own limits."""
        words = (word.value for command in self.started for word in command.words[:3])
        names = [posixpath.basename(word) for word in words if isinstance(word, str)]
        return any(name in _WITHOUT_SANDBOX or name.startswith("systemd-") for name in names)

    @property
    def changes_user(self) -> bool:
        """Whether its program is one that serves clients as another user than the one who starts it."""
        programs = (posixpath.basename(program) for command in self.started for program in command.programs)
        return any(_CHANGES_USER.fullmatch(program) for program in programs)

    @property
    def environment(self) -> Mapping[str, Variable]:
        return self.runs.environment

    @property
    def user(self) -> str | Unknown:
        """User that the service runs as: root unless User= or DynamicUser= says otherwise."""
        user, dynamic = self.directives.text("User"), self.directives.flag("DynamicUser")
        if isinstance(user, str):
            return Unknown("a specifier of the unit supplies the user") if "%" in user else user
        if dynamic is True:
            return self.name.removesuffix(".service")
        if isinstance(user, Unknown):
            return user
        return dynamic if isinstance(dynamic, Unknown) else "root"

    @property
    def runs_as_root(self) -> bool | Unknown:
        user = self.user
        return user if isinstance(user, Unknown) else user in {"root", "0"}

    def flag(self, name: str) -> bool | Unknown:
        """Return a boolean directive as it is in force."""
        dynamic = self.directives.flag("DynamicUser")
        if name in _DYNAMIC and dynamic is True:
            return True
        value = self.directives.flag(name)
        return dynamic if name in _DYNAMIC and value is False and isinstance(dynamic, Unknown) else value

    @property
    def protect_system(self) -> str | Unknown:
        """`no`, `yes`, `full` or `strict`."""
        dynamic = self.directives.flag("DynamicUser")
        return "strict" if dynamic is True else self._unless(dynamic, self.directives.word("ProtectSystem"))

    @property
    def protect_home(self) -> str | Unknown:
        """`no`, `yes`, `read-only` or `tmpfs`."""
        dynamic, home = self.directives.flag("DynamicUser"), self.directives.word("ProtectHome")
        return "read-only" if dynamic is True and home == "no" else self._unless(dynamic, home)

    @staticmethod
    def _unless(dynamic: bool | Unknown, value: str | Unknown) -> str | Unknown:
        return dynamic if isinstance(dynamic, Unknown) and value == "no" else value

    @property
    def capabilities(self) -> frozenset[str] | Unknown:
        """The most that the service's processes can ever have: the bounding set, less what other directives take."""
        bounding = self.directives.capabilities("CapabilityBoundingSet", EVERY)
        if isinstance(bounding, Unknown):
            return bounding
        for name, taken in TAKEN_BY.items():
            if self.directives.flag(name) is True:
                bounding -= taken
        return bounding

    @property
    def ambient(self) -> frozenset[str] | Unknown:
        """Capabilities that its processes have although they do not run as root."""
        return self.directives.capabilities("AmbientCapabilities", EVERY)

    @property
    def families(self) -> Families | Unknown | None:
        """Address families of sockets that it may open, None for all."""
        return self.directives.families()

    @property
    def may_gain_privileges(self) -> bool | Unknown:
        """Whether a setuid program gives its processes another user's rights (no_new_privs is off)."""
        own = self.flag("NoNewPrivileges")
        if own is not False:
            return own if isinstance(own, Unknown) else False
        root = self.runs_as_root
        if root is not False:
            return root
        implied = [self.directives.flag(name) for name in _IMPLIES_NO_NEW_PRIVILEGES]
        implied += [self.directives.has_list(name) for name in _IMPLIED_LISTS]
        namespaces = self.directives.namespaces()
        implied.append(namespaces if isinstance(namespaces, Unknown) else namespaces != NAMESPACES)
        if True in implied:
            return False
        return next((value for value in implied if isinstance(value, Unknown)), True)

    @property
    def ignored(self) -> Iterator[Ignored]:
        """Lines meant for the sandbox that systemd passes over."""
        return self.directives.ignored()

    @property
    def secret_variables(self) -> Iterator[tuple[str, Location]]:
        """Variables that `Environment=` gives a secret value: every local user can ask the manager for them."""
        return in_environment(self.directives)

    @property
    def secret_arguments(self) -> Iterator[tuple[str, Location]]:
        """Options that hand a secret to a program: every local user sees them in the list of processes."""
        return on_command_lines(self.directives)

    @property
    def may_master_the_host(self) -> bool | Unknown:
        """Whether it runs as root with a capability that is as good as all of root's."""
        root, capabilities = self.runs_as_root, self.capabilities
        if root is not True:
            return root
        return capabilities if isinstance(capabilities, Unknown) else bool(capabilities & MASTERY)

    def where(self, name: str) -> Location:
        """Return the last line of a directive, or the service's place."""
        return self.directives.where(name) or self.at

    def output(self, name: str) -> str | Unknown:
        """Return where `StandardOutput` or `StandardError` goes; both go to the journal unless set.

        What nothing sets, standard error takes over from standard output.
        """
        value = self.directives.text(name)
        if value is None and name == "StandardError":
            value = self.directives.text("StandardOutput")
        if value == "inherit":
            value = self.directives.text("StandardOutput") if name == "StandardError" else "journal"
        return "journal" if value is None else value

    @property
    def keeps_restarting(self) -> bool | Unknown:
        """Whether systemd starts it again after a crash (systemd.service(5), Restart=)."""
        value = self.directives.text("Restart")
        if isinstance(value, Unknown):
            return value
        return value in {"always", "on-failure", "on-abnormal", "on-abort", "on-watchdog"}


def is_below(path: str, *folders: str) -> bool:
    """Tell whether a path is below one of the folders."""
    clean = re.sub(r"/+", "/", posixpath.normpath(path))
    return any(clean.startswith(folder.rstrip("/") + "/") for folder in folders)
