"""Services that ask PAM, and the rules for passwords beside them."""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.pam.lines import Line
from auditor.technologies.common.pam.log_in import LogIn
from auditor.technologies.common.pam.modules import OPTIONAL, SECOND_FACTORS
from auditor.technologies.common.pam.stack import GAP, Step

LOG_INS: Final = frozenset(
    "sshd login remote other common-auth system-auth password-auth su su-l sudo sudo-i vsftpd proftpd dovecot "
    "postgresql cockpit xrdp-sesman screen gdm-password lightdm sddm openvpn".split()
)
"""Services through which somebody logs in, and the files that such services include."""
QUALITY_LEAST: Final = 6
"""The characters that libpwquality asks for where `minlen` says fewer (pwquality.conf(5), tried with 1.4.5)."""
CHECKERS: Final = frozenset({"pam_pwquality", "pam_cracklib", "pam_passwdqc"})


@dataclass(frozen=True, kw_only=True)
class PamPart(Service):
    """A file of pam.d, or one of settings beside them."""


@dataclass(frozen=True, kw_only=True)
class PamService(PamPart):
    """A file of pam.d with what it includes. `own` are its own lines, `stacks` all lines by kind.

    `gap` is why lines are not known at all, `missing` why some are not, "" if all are. `fragments` are the included
    files that are judged themselves. `is_judged_with_sshd` is whether an SSH server of the tree reads this file and is
    judged on who gets in, `is_asked` whether it ever asks it anything about those who log in.
    """

    name: str
    own: tuple[Line, ...]
    stacks: dict[str, tuple[Step, ...]] = field(repr=False)
    fragments: tuple["PamService", ...] = ()
    gap: str = ""
    missing: str = ""
    is_judged_with_sshd: bool = False
    is_asked: bool = True
    has_quality_file: bool = False
    """Whether pwquality.conf is in the tree, where pam_pwquality finds what its line leaves out."""
    lockout_file: "PasswordRules | None" = None
    """The faillock.conf of the tree, where pam_faillock finds what its line leaves out."""

    @property
    def is_for_log_ins(self) -> bool:
        """Whether somebody logs in through it, and it has something to say about that."""
        return self.name in LOG_INS and bool(self.stacks.get("auth"))

    @property
    def log_in(self) -> LogIn:
        """What it answers to those who log in."""
        return LogIn(
            service=self.name,
            at=self.at,
            auth=self.stacks.get("auth", ()),
            account=self.stacks.get("account", ()),
            gap=self.gap,
            missing=self.missing,
            deny=self.lockout_file.number("deny", 3) if self.lockout_file is not None else 3,
        )

    def unknown_lines(self, kind: str) -> str:
        """Return why lines of one kind are not known, "" if all are."""
        is_open = any(step.line.control == GAP for step in self.stacks.get(kind, ()))
        return self.gap or (self.missing if is_open else "")

    @property
    def optional_second_factors(self) -> tuple[Line, ...]:
        """Its own lines of second factors that let accounts in that have none."""
        return tuple(
            line for line in self.lines("auth", *SECOND_FACTORS) if any(line.argument(word) == "" for word in OPTIONAL)
        )

    @property
    def switched_off(self) -> Location | None:
        """The place in faillock.conf that says that nobody is locked, None if there is none or lines say so."""
        lines = [step.line for step in self.stacks.get("auth", ()) if step.line.module == "pam_faillock"]
        is_asked = any(line.argument("deny") is None for line in lines)
        rules = self.lockout_file
        return rules.where("deny") if rules is not None and is_asked and rules.number("deny", 3) == 0 else None

    def lines(self, kind: str, *modules: str) -> tuple[Line, ...]:
        """Return the file's own lines of some modules."""
        return tuple(line for line in self.own if line.kind == kind and line.module in modules)


@dataclass(frozen=True, kw_only=True)
class PasswordRules(PamPart):
    """A pwquality.conf with its drop-ins, a faillock.conf or a login.defs; `kind` is the file's name.

    `is_read_by_services` is whether services of the tree read it: they are judged with it. `is_partial` is whether
    drop-ins are scanned without the main file, which may say more.
    """

    kind: str
    is_partial: bool = False
    is_read_by_services: bool = False

    def value(self, name: str) -> str | Unknown | None:
        """Return a setting's value, None if it is not set."""
        setting = self.settings.get(name)
        if setting is None or not isinstance(setting.value, str | Unknown):
            return None
        return setting.value

    def number(self, name: str, default: int) -> int | Unknown:
        """Return a setting's number, `default` where it is not set."""
        value = self.value(name)
        if isinstance(value, Unknown):
            return value
        if value is None and self.is_partial:
            return Unknown(f"{self.kind}.conf is not in the scanned files")
        return int(value) if value is not None and is_whole_number(value.removeprefix("-")) else default


def shortest(line: Line) -> int | None:
    """Return the length that a line asks of new passwords, None where it leaves that to a file.

    Defaults: pam_unix(8), 6 characters; pam_cracklib(8), 9 less one for each kind of character; pam_passwdqc(8) counts
    otherwise and is left out.
    """
    written = line.argument("minlen")
    if written is not None and is_whole_number(written):
        return max(int(written), QUALITY_LEAST) if line.module == "pam_pwquality" else int(written)
    if written is not None:
        return None
    return {"pam_unix": 6, "pam_cracklib": 9}.get(line.module)


def remembers(lines: Sequence[Line]) -> bool:
    """Tell whether one of the lines keeps old passwords from being used again."""
    return any(
        (line.argument("remember") or "10") not in {"", "0"}
        for line in lines
        if line.module == "pam_pwhistory" or line.argument("remember") is not None
    )
