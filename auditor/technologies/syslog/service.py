"""rsyslog and the journal as they run."""

import re
from dataclasses import field
from typing import Final

from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured

from .actions import Action, Listener
from .program import Program

LOG_INS: Final = (("auth", "info"), ("authpriv", "info"))
"""How log-ins are reported: sshd and PAM write to authpriv or auth with the severity info."""
_PROBES: Final = tuple(
    (facility, severity)
    for facility in ("auth", "authpriv", "cron", "daemon", "kern", "mail", "user", "local0", "local7")
    for severity in ("crit", "err", "warning", "notice", "info", "debug")
)


@dataclass(frozen=True, kw_only=True)
class Rsyslog(Service):
    """An rsyslog. `is_main` tells whether rsyslog.conf itself was read; without it nothing can be said to be absent."""

    program: Program = field(repr=False, compare=False)
    is_main: bool
    listeners: tuple[Listener, ...]
    journal: "Journal | None" = None
    """The journal of the same host, where its file is in the tree."""

    @property
    def gap(self) -> Unknown | None:
        """Why something that does not stand in the files may be set all the same."""
        if not self.is_main:
            return Unknown("the file that includes this one is not in the scanned files")
        return Unknown(self.program.gap) if self.program.gap else None

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that messages of the host or of its listeners may come to, each once."""
        found: dict[int, Action] = {}
        for probe in _PROBES:
            found |= {id(action): action for action, _ in self.program.reached(*probe)}
        for name, steps in self.program.rulesets.items():
            if name in self.bound:
                found |= {id(step): step for step in steps if isinstance(step, Action)}
        return tuple(found.values())

    @property
    def bound(self) -> frozenset[str]:
        """The rulesets that listeners hand their messages to."""
        names = (listener.text("ruleset") for listener in self.listeners)
        return frozenset(name for name in names if isinstance(name, str) and name)

    @property
    def forwards(self) -> tuple[Action, ...]:
        """The actions that send messages to syslog servers on other hosts."""
        return tuple(action for action in self.actions if action.is_forward and action.leaves_the_host)

    @property
    def ships_anything(self) -> bool | Unknown:
        """Whether messages of the host leave it."""
        reached = [action for probe in _PROBES for action, _ in self.program.reached(*probe)]
        if any(action.leaves_the_host for action in reached):
            return True
        own = {listener.port for listener in self.listeners if isinstance(listener.port, str)}
        if any(action.is_handed_on and action.text("port") not in own for action in reached):
            return Unknown("a program on the same host gets the messages, and may send them on")
        return self.gap if self.gap is not None else False

    @property
    def is_log_server(self) -> bool:
        """Whether it takes the messages of other hosts."""
        return any(listener.works and listener.is_local is not True for listener in self.listeners)

    def log_ins_reach(self, *, outside: bool) -> bool | Unknown:
        """Return whether log-ins are written to a file or sent on; `outside`: whether they leave the host."""
        answers: list[bool | Unknown] = []
        for facility, severity in LOG_INS:
            reached = [
                answer
                for action, answer in self.program.reached(facility, severity)
                if (action.leaves_the_host if outside else action.kind not in {"omusrmsg", "omdiscard"})
            ]
            decided = True if True in reached else next((one for one in reached if isinstance(one, Unknown)), False)
            answers.append(decided if decided is not False or self.gap is None else self.gap)
        if any(answer is False for answer in answers):
            return False
        return next((answer for answer in answers if isinstance(answer, Unknown)), True)

    @property
    def takes_local_messages(self) -> bool:
        """Whether it takes the messages of its own host."""
        return bool(self.program.modules & {"imuxsock", "imjournal"})

    @property
    def file_modes(self) -> tuple[tuple[int | Unknown, Location], ...]:
        """The modes that files are made with where the configuration says, less the mask, each place once."""
        mask = octal(self.program.mask)
        found: dict[Location, int | Unknown] = {}
        for action in self.actions:
            if action.kind != "omfile" or "filecreatemode" not in action.parameters:
                continue
            bits = octal(action.text("filecreatemode"))
            if isinstance(bits, int):
                bits = mask if isinstance(mask, Unknown) else bits & ~mask
            found[action.place("filecreatemode")] = bits
        return tuple((mode, at) for at, mode in found.items())

    @property
    def takes_from_the_journal_socket(self) -> bool:
        """Whether the journal has to hand messages over (imuxsock), and they are not fetched (imjournal)."""
        return "imuxsock" in self.program.modules and "imjournal" not in self.program.modules


def octal(text: str | Unknown) -> int | Unknown:
    """Return a mode written in octal digits."""
    if isinstance(text, Unknown):
        return text
    return int(text, 8) if re.fullmatch(r"[0-7]{1,5}", text) else Unknown("a mode is not written in octal digits")


@dataclass(frozen=True, kw_only=True)
class Journal(Configured):
    """journald, with settings named as in journald.conf."""


@dataclass(frozen=True, kw_only=True)
class JournalUpload(Service):
    """systemd-journal-upload; `url` is where it sends the journal, None if that is not set."""

    url: str | Unknown | None
    url_at: Location
