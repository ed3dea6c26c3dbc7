"""An SSH server as those who log in meet it."""

from collections.abc import Mapping
from dataclasses import field

from auditor.model.fact import Problem, Service
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.pam.log_in import LogIn
from auditor.technologies.common.pam.modules import PASSWORDS

from .evaluate import Value
from .keywords import KEYWORDS, Version
from .match import Client
from .patterns import AddressError, address_matches, any_matches, matches, matches_list

_PASSWORDS = frozenset({"password", "keyboard-interactive"})


@dataclass(frozen=True, kw_only=True)
class Session:
    """What is in force for one client and for all that are like it. Names are keywords in any case.

    `hidden` is why a keyword without a value may be set all the same, `at` the place of the server. `pam` is what PAM
    asks, None where its files are not scanned.
    """

    client: Client
    values: Mapping[str, Value] = field(repr=False)
    at: Location
    hidden: Unknown | None = None
    version: Version | None = None
    have_passwords: bool | Unknown = True
    pam: LogIn | None = None

    @property
    def who(self) -> str:
        """Whom it is about, to be put behind `for`."""
        return self.client.label or "everyone"

    def text(self, name: str) -> str | Unknown:
        """Return a value as `sshd -T` shows it, times in seconds, "" where there is none and no default."""
        key = name.lower()
        value = self.values.get(key)
        if value is not None:
            return value.text
        return self.hidden if self.hidden is not None else KEYWORDS[key].default or ""

    def flag(self, name: str) -> bool | Unknown:
        """Return whether a keyword is not `no`."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value not in {"no", ""}

    def number(self, name: str) -> int | Unknown:
        """Return a number, or a time in seconds; 0 for the word none."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else int(value) if is_whole_number(value.removeprefix("-")) else 0

    def parts(self, name: str) -> tuple[str, ...] | Unknown:
        """Return the values of a keyword that adds up, each as written."""
        value = self.values.get(name.lower())
        if value is None:
            return self.hidden if self.hidden is not None else ()
        return value.text if isinstance(value.text, Unknown) else value.parts

    def where(self, *names: str) -> Location:
        """Return the place of the first of the keywords that a file sets, else that of the server."""
        found = (self.values[name.lower()].at for name in names if name.lower() in self.values)
        return next(found, self.at)

    @property
    def accepts_password_method(self) -> bool | Unknown:
        """Whether the method `password` takes a password; with `UsePAM yes`, PAM checks it."""
        return _all(self.flag("PasswordAuthentication"), self.have_passwords, self._if_asked(self._pam_takes_password))

    @property
    def accepts_pam_prompts(self) -> bool | Unknown:
        """Whether PAM may ask for a password through the method `keyboard-interactive`."""
        return _all(
            self.flag("KbdInteractiveAuthentication"),
            self.flag("UsePAM"),
            self.have_passwords,
            self._pam_takes_password,
            self._prompts_open_sessions,
        )

    @property
    def asks_pam(self) -> bool | Unknown:
        """Whether PAM is asked who logs in; for keys it is not (`auth2-pubkey.c`)."""
        typed = _any(self.flag("PasswordAuthentication"), self.flag("KbdInteractiveAuthentication"))
        return _all(self.flag("UsePAM"), typed)

    @property
    def _pam_takes_password(self) -> bool | Unknown:
        """Whether a password is all that PAM wants; that is assumed where its files are not scanned."""
        if self.pam is None:
            return True
        answer = self.pam.takes_password(is_root=self.client.user == "root")
        return True if isinstance(answer, Unknown) and self.pam.is_ordinary else answer

    @property
    def _prompts_open_sessions(self) -> bool:
        """Whether a session begins behind the method `keyboard-interactive`, for which PAM runs apart."""
        return self.pam is None or not self.pam.auth or not self.pam.refuses_credentials

    def _if_asked(self, answer: bool | Unknown) -> bool | Unknown:
        """Return the answer of PAM; without it, sshd compares the password itself and is content."""
        return _any(_not(self.flag("UsePAM")), answer)

    def suffices(self, method: str) -> bool | Unknown:
        """Return whether what somebody types (`password` or `keyboard-interactive`) is all that a log-in needs."""
        return self._suffices(method, self.accepts_password_method, self.accepts_pam_prompts)

    def _suffices(self, method: str, password: bool | Unknown, prompts: bool | Unknown) -> bool | Unknown:
        enabled = password if method == "password" else prompts
        lists = self.text("AuthenticationMethods")
        if enabled is False or lists == "any":
            return enabled
        if isinstance(lists, Unknown):
            return lists
        for each in lists.split():
            names = [name.partition(":")[0] for name in each.split(",")]
            others = [name for name in names if name != method]
            if method in names and not set(others) - _PASSWORDS:
                both = _all(password, prompts) if others else enabled
                if both is not False:
                    return both
        return False

    def _typing_suffices(self, passes: bool | Unknown) -> bool | Unknown:
        """Return whether somebody gets in by typing what PAM answers `passes` to."""
        password = _all(self.flag("PasswordAuthentication"), self.flag("UsePAM"), passes)
        prompts = _all(
            self.flag("KbdInteractiveAuthentication"), self.flag("UsePAM"), passes, self._prompts_open_sessions
        )
        return _any(*(self._suffices(method, password, prompts) for method in sorted(_PASSWORDS)))

    @property
    def password_is_enough(self) -> bool | Unknown:
        """Whether somebody who knows a password needs nothing else."""
        return _any(self.suffices("password"), self.suffices("keyboard-interactive"))

    @property
    def lets_anyone_in(self) -> bool | Unknown:
        """Whether PAM's files let an ordinary user in with a wrong password, or with none, as sshd asks them."""
        return False if self.pam is None else self._typing_suffices(self.pam.lets_anyone_in)

    @property
    def empty_password_is_enough(self) -> bool | Unknown:
        """Whether an account without a password gets in.

        Unless PermitEmptyPasswords is yes, sshd hands PAM_DISALLOW_NULL_AUTHTOK to PAM (`auth-pam.c`, 9.2).
        """
        allowed = _all(self.flag("PermitEmptyPasswords"), self.have_passwords)
        if self.pam is None or allowed is False:
            return _all(allowed, self.password_is_enough)
        taken = self.pam.takes_empty_password
        if isinstance(taken, Unknown) and self.pam.is_ordinary:
            taken = True
        by_itself = _all(_not(self.flag("UsePAM")), self.suffices("password"))
        return _all(allowed, _any(by_itself, self._typing_suffices(taken)))

    @property
    def locks(self) -> bool | Unknown:
        """Whether PAM locks an account after wrong passwords; not known where its files are not scanned."""
        if self.pam is None:
            return Unknown("the files of PAM are not scanned")
        return _all(self.flag("UsePAM"), self.pam.locks)

    @property
    def takes_empty_at(self) -> tuple[Location, ...]:
        """The lines of PAM that take an empty password, none where they are not known or not asked."""
        lines = self.pam.lines("pam_unix") if self.pam is not None and self.flag("UsePAM") is True else []
        return tuple(line.at for line in lines if line.argument("nullok") is not None)

    @property
    def takes_password_at(self) -> tuple[Location, ...]:
        """The lines of PAM that take a password, none where they are not known or not asked."""
        lines = self.pam.lines(*PASSWORDS) if self.pam is not None and self.flag("UsePAM") is True else []
        return tuple(line.at for line in lines)

    @property
    def key_is_enough(self) -> bool | Unknown:
        """Whether somebody with a key needs nothing else; of PAM, only the account lines are asked."""
        refused = _all(self.flag("UsePAM"), self.pam is not None and self.pam.refuses_accounts)
        enabled = _all(self.flag("PubkeyAuthentication"), _not(refused))
        lists = self.text("AuthenticationMethods")
        if enabled is False or lists == "any":
            return enabled
        if isinstance(lists, Unknown):
            return lists
        return enabled if any(set(each.split(",")) == {"publickey"} for each in lists.split()) else False

    @property
    def is_let_in(self) -> bool | Unknown:
        """Whether the lists of users and groups let this client in."""
        refuse = self.flag("RefuseConnection")
        if refuse is not False:
            return refuse if isinstance(refuse, Unknown) else False
        answers = (
            self._listed("DenyUsers", absent=False),
            self._listed("AllowUsers", absent=True),
            self._listed("DenyGroups", absent=False),
            self._listed("AllowGroups", absent=True),
        )
        if answers[0] is True or answers[1] is False or answers[2] is True or answers[3] is False:
            return False
        return next((answer for answer in answers if isinstance(answer, Unknown)), True)

    def _listed(self, name: str, *, absent: bool) -> bool | Unknown:
        parts = self.parts(name)
        if isinstance(parts, Unknown):
            return parts
        words = [word for part in parts for word in part.split()]
        if not words:
            return absent
        if name.endswith("Groups"):
            return any_matches(self.client.groups, ",".join(words))
        return any(self._is_user(word) for word in words)

    def _is_user(self, pattern: str) -> bool:
        user, at, host = pattern.partition("@")
        if not matches(self.client.user, user):
            return False
        if not at or matches_list(self.client.host, host.lower()):
            return True
        try:
            return address_matches(self.client.address, host)
        except AddressError:
            return False

    @property
    def is_sftp_only(self) -> bool | Unknown:
        """Whether every session is a file transfer: a forced `internal-sftp` or `sftp-server`."""
        command = self.text("ForceCommand")
        if isinstance(command, Unknown):
            return command
        words = command.split()
        return bool(words) and (words[0] == "internal-sftp" or words[0].rpartition("/")[2] == "sftp-server")


def _all(*answers: bool | Unknown) -> bool | Unknown:
    if any(answer is False for answer in answers):
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)


def _any(*answers: bool | Unknown) -> bool | Unknown:
    if any(answer is True for answer in answers):
        return True
    return next((answer for answer in answers if isinstance(answer, Unknown)), False)


def _not(answer: bool | Unknown) -> bool | Unknown:
    return answer if isinstance(answer, Unknown) else not answer


@dataclass(frozen=True, kw_only=True)
class Ineffective:
    """A line that says something else than the line before it, which counts."""

    name: str
    value: str
    at: Location
    first: Location
    in_force: str


@dataclass(frozen=True, kw_only=True)
class Sshd(Service):
    """An OpenSSH server.

    `sessions` holds one session for everyone and one for each kind of client that a Match block is about;
    `root_sessions` the same for root. `hidden` is why lines are not known, None if all are. `unrecognised` are
    keywords that no version known here has. `sudo_without_password` is the place of a variable that lets the image's
    user become root with nothing asked.
    """

    sessions: tuple[Session, ...] = ()
    root_sessions: tuple[Session, ...] = ()
    hidden: Unknown | None = None
    ineffective: tuple[Ineffective, ...] = ()
    unrecognised: tuple[Problem, ...] = ()
    sudo_without_password: Location | None = None

    @property
    def everyone(self) -> Session:
        """The session of a client that no Match block is about."""
        return self.sessions[0]
