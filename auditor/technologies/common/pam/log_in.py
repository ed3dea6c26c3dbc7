"""What a service's stacks answer to somebody who logs in."""

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from typing import Final

from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .lines import Line
from .modules import (
    ANY,
    PASSWORDS,
    SECOND_FACTORS,
    account_results_for,
    credential_results_for,
    results_for,
    results_with_password,
)
from .stack import GAP, Step, answers

LOCKERS: Final = frozenset({"pam_faillock", "pam_tally2", "pam_tally"})


@dataclass(frozen=True, kw_only=True)
class LogIn:
    """The auth and the account lines of a service; answers are kept, since every kind of client asks for them.

    `gap` is why lines are not known at all, `missing` why some are not known, "" if all are. `deny` is the limit of
    failures that faillock.conf sets, 3 where it is not scanned or says nothing.
    """

    service: str
    at: Location
    auth: tuple[Step, ...] = field(repr=False)
    account: tuple[Step, ...] = field(repr=False)
    gap: str = ""
    missing: str = ""
    deny: int | Unknown = 3

    @cached_property
    def lets_anyone_in(self) -> bool | Unknown:
        """Whether an ordinary user gets in with a wrong password; not if the account stack refuses everybody."""
        if self.gap:
            return Unknown(self.gap)
        if self.refuses_accounts:
            return False
        return self._one(answers(self.auth, lambda line: results_for(line, self.service)))

    def takes_password(self, *, is_root: bool = False) -> bool | Unknown:
        """Return whether somebody who knows the password of an account, local or in a directory, needs no more."""
        return self._takes_roots_password if is_root else self._takes_password

    @cached_property
    def _takes_password(self) -> bool | Unknown:
        return self._with_passwords(is_root=False)

    @cached_property
    def _takes_roots_password(self) -> bool | Unknown:
        return self._with_passwords(is_root=True)

    def _with_passwords(self, *, is_root: bool) -> bool | Unknown:
        if self.gap or not self.auth:
            return Unknown(self.gap or "the lines of the service `other` count")
        if self.refuses_accounts:
            return False
        keepers = dict.fromkeys(["", *(line.module for line in self.lines(*PASSWORDS))])
        return _any([self._with_password(keeper, is_root=is_root) for keeper in keepers])

    @cached_property
    def takes_empty_password(self) -> bool | Unknown:
        """Whether an account without a password gets in, where the service does not forbid it (pam_unix(8))."""
        if self.gap or not self.auth:
            return Unknown(self.gap or "the lines of the service `other` count")
        lines = self.lines("pam_unix")
        if any(line.argument("nullok_secure") is not None for line in lines):
            return Unknown("what nullok_secure lets in depends on the version")
        taking = {line.at for line in lines if line.argument("nullok") is not None}

        def results(line: Line) -> Sequence[str]:
            return ("success",) if line.at in taking else results_for(line, self.service)

        return False if self.refuses_accounts else self._one(answers(self.auth, results))

    @cached_property
    def needs_second_factor(self) -> bool | Unknown:
        """Whether a password is taken with a second factor only."""
        password = self.takes_password() if self.second_factors else True
        if password is not False:
            return password if isinstance(password, Unknown) else False

        def results(line: Line) -> Sequence[str]:
            return ("success",) if line.module in SECOND_FACTORS | PASSWORDS else results_for(line, self.service)

        return self._one(answers(self.auth, results))

    @cached_property
    def refuses_credentials(self) -> bool:
        """Whether a program whose child has asked who it is gets no credentials, and so opens no session."""
        return answers(self.auth, credential_results_for) == {False}

    @property
    def second_factors(self) -> list[Line]:
        """The lines that ask for something else than a password."""
        return self.lines(*SECOND_FACTORS)

    @property
    def locks(self) -> bool | Unknown:
        """Whether an account is locked after failed attempts.

        pam_faillock takes `deny` from its line, else from faillock.conf, else 3; 0 locks nobody (tried with 1.5.2).
        pam_tally2 locks nobody without `deny` or `lock_time` (its source in Linux-PAM 1.3).
        """
        limits = [self._limit(line) for line in self.lines(*LOCKERS)]
        if any(not isinstance(limit, Unknown) and limit != 0 for limit in limits):
            return True
        if self.gap or any(step.line.control == GAP for step in self.auth):
            return Unknown(self.gap or self.missing)
        return next((limit for limit in limits if isinstance(limit, Unknown)), False)

    def lines(self, *modules: str) -> list[Line]:
        """Return the auth lines of some modules."""
        return [step.line for step in self.auth if step.line.module in modules]

    @property
    def deciding(self) -> Location:
        """The place of the line that lets people in."""
        loose = [line.at for line in self.lines("pam_permit", "pam_rootok")]
        return loose[0] if loose else self.auth[0].line.at if self.auth else self.at

    @cached_property
    def refuses_accounts(self) -> bool:
        """Whether the account lines refuse everybody, even those whom PAM did not ask who they are."""
        return bool(self.account) and answers(self.account, account_results_for) == {False}

    def _with_password(self, keeper: str, *, is_root: bool) -> bool | Unknown:
        def results(line: Line) -> Sequence[str]:
            return results_with_password(line, self.service, keeper, is_root=is_root)

        return self._one(answers(self.auth, results))

    @cached_property
    def is_ordinary(self) -> bool:
        """Whether lines are not known, and those that are ask for nothing: most files of services include the rest."""
        steps = [step.line for step in self.auth if step.line.control != GAP]
        plain = all(line.module not in SECOND_FACTORS and results_for(line, self.service) != ANY for line in steps)
        return plain and (bool(self.gap) or len(steps) < len(self.auth))

    def _one(self, found: set[bool]) -> bool | Unknown:
        if len(found) == 1:
            return found == {True}
        if any(step.line.control == GAP for step in self.auth):
            return Unknown(self.missing)
        modules = [step.line.module for step in self.auth if results_for(step.line, self.service) == ANY]
        return Unknown(f"what {modules[0] if modules else 'a module'} answers is not known here")

    def _limit(self, line: Line) -> int | Unknown:
        written = line.argument("deny")
        if line.module == "pam_tally2":
            written = written or line.argument("lock_time") or "0"
        if written is not None:
            return int(written) if is_whole_number(written) else 3
        if line.module == "pam_tally":
            return Unknown("the limits of accounts stand in the faillog")
        if line.argument("conf") not in {None, "/etc/security/faillock.conf"}:
            return Unknown("the file of conf= is not evaluated")
        return self.deny


def _any(found: Sequence[bool | Unknown]) -> bool | Unknown:
    if any(each is True for each in found):
        return True
    return next((each for each in found if isinstance(each, Unknown)), False)
