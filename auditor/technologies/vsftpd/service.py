"""A vsftpd server: who gets in, how, and what they may do (`prelogin.c` and `postlogin.c` of vsftpd 3.0.3)."""

import re

from auditor.model.fact import Problem
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured


@dataclass(frozen=True, kw_only=True)
class Vsftpd(Configured):
    """A vsftpd server. Settings are named as in vsftpd.conf. `unrecognised` are names that are not known here."""

    unrecognised: tuple[Problem, ...] = ()

    def flag(self, name: str) -> bool | Unknown:
        """Return whether a setting is YES."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value == "YES"

    def seconds(self, name: str) -> int | Unknown:
        """Return a number as the program reads it: what is no digit ends it."""
        value = self.text(name)
        if isinstance(value, Unknown):
            return value
        match = re.match(r"\d{1,9}", value or "")
        return int(match[0]) if match else 0

    def takes(self, command: str) -> bool | Unknown:
        """Return whether the lists of commands let one through."""
        allowed, denied = self.text("cmds_allowed"), self.text("cmds_denied")
        if isinstance(allowed, Unknown) or isinstance(denied, Unknown):
            return allowed if isinstance(allowed, Unknown) else Unknown("which commands are denied is not known")
        listed, refused = (allowed or "").split(","), (denied or "").split(",")
        return command not in refused and (not allowed or command in listed)

    @property
    def lets_anonymous_in(self) -> bool | Unknown:
        """Whether somebody logs in as `anonymous` with any password."""
        # TLS is for anonymous users where it is allowed or required; without either they log in in clear.
        may_use_tls = any_of(self.flag("allow_anon_ssl"), self.flag("force_anon_logins_ssl"))
        only_tls = all_of(self.flag("ssl_enable"), self.flag("implicit_ssl"))
        found = all_of(
            self.flag("anonymous_enable"),
            negated(self.flag("secure_email_list_enable")),
            negated(all_of(only_tls, negated(may_use_tls))),
        )
        listed = all_of(self.flag("userlist_enable"), negated(self.flag("userlist_deny")))
        if found is True and listed is not False:
            return Unknown("whether anonymous stands in the list of users is not known")
        return found

    @property
    def anonymous_may_change(self) -> tuple[str, ...] | Unknown:
        """The settings that let anonymous users change something: upload, make folders, delete and rename."""
        if (entered := all_of(self.lets_anonymous_in, self.flag("write_enable"))) is not True:
            return entered if isinstance(entered, Unknown) else ()
        without_data = all_of(
            self.flag("ssl_enable"), self.flag("force_anon_data_ssl"), negated(self.flag("allow_anon_ssl"))
        )
        found: list[str] = []
        commands = {
            "anon_upload_enable": ("STOR", "STOU"),
            "anon_mkdir_write_enable": ("MKD",),
            "anon_other_write_enable": ("DELE", "RNFR"),
        }
        for name, needed in commands.items():
            needs = negated(without_data) if name == "anon_upload_enable" else True
            answers = [all_of(self.flag(name), self.takes(command), needs) for command in needed]
            if any(answer is True for answer in answers):
                found.append(name)
            elif (unknown := next((answer for answer in answers if isinstance(answer, Unknown)), None)) is not None:
                return unknown
        return tuple(found)

    @property
    def takes_passwords_in_clear(self) -> bool | Unknown:
        """Whether a local user's password is taken on a connection without TLS."""
        required = all_of(
            self.flag("ssl_enable"), any_of(self.flag("force_local_logins_ssl"), self.flag("implicit_ssl"))
        )
        return all_of(self.flag("local_enable"), negated(required))

    @property
    def takes_data_in_clear(self) -> bool | Unknown:
        """Whether a local user's files go over connections without TLS."""
        required = all_of(self.flag("ssl_enable"), self.flag("force_local_data_ssl"))
        return all_of(self.flag("local_enable"), negated(required))


def all_of(*answers: bool | Unknown) -> bool | Unknown:
    """Return whether all are true, as far as that is known."""
    if any(answer is False for answer in answers):
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)


def any_of(*answers: bool | Unknown) -> bool | Unknown:
    """Return whether one is true, as far as that is known."""
    if any(answer is True for answer in answers):
        return True
    return next((answer for answer in answers if isinstance(answer, Unknown)), False)


def negated(answer: bool | Unknown) -> bool | Unknown:
    """Return the opposite."""
    return answer if isinstance(answer, Unknown) else not answer
