"""What an exception's fields have to be, each on its own and together."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, get_args

from auditor.model.check import Check
from auditor.model.evidence import ExceptionType
from auditor.model.severity import Severity
from auditor.patterns import lazy
from auditor.profile import Profile
from auditor.sources.gitignore import parse_patterns

from .record import person, read_date

REQUIRED: Final = ("id", "check", "scope", "type", "justification", "owner", "approver", "created", "expires")
OPTIONAL: Final = ("measure", "alternative_considered", "review", "ticket")
SCOPE: Final = ("path", "component", "fingerprint")
TYPES: Final[Mapping[str, ExceptionType]] = {name: name for name in get_args(ExceptionType) if name != "inline"}
LONGEST: Final = timedelta(days=365)

_ID = lazy(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_INSTEAD = frozenset({"alternative-measure", "not-reasonable-documented"})
"""What 45 CFR 164.306(d)(3) allows in place of an addressable specification, and of nothing else."""


def faults(texts: Mapping[str, str], check: Check | None, profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield the field and what was expected of it, for every rule that an entry breaks.

    `texts` are the entry's fields without the scope, those that are given; `check` is None if it is not known.
    """
    if "id" in texts and not _ID.fullmatch(texts["id"]):
        yield "id", "expected letters, digits, `.`, `_` and `-`"
    if "owner" in texts and not all(part.strip() for part in texts["owner"].partition(",")):
        yield "owner", "expected a name and a role, such as `Sam Example, Platform engineer`"
    if "review" in texts and read_date(texts["review"]) is None:
        yield "review", "expected a date (YYYY-MM-DD)"
    yield from _duration(texts)
    yield from _of_type(texts, check, profile)
    if (
        check is not None
        and check.severity is Severity.CRITICAL
        and {"owner", "approver"} <= texts.keys()
        and person(texts["owner"]) == person(texts["approver"])
    ):
        yield "approver", f"expected another person than the owner: {check.id} is a critical check"


def _duration(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    created, expires = (read_date(texts.get(name, "")) for name in ("created", "expires"))
    if created is not None and expires is not None and expires - created > LONGEST:
        latest = created + min(LONGEST, date.max - created)
        yield "expires", f"expected at most {LONGEST.days} days after it was created, {latest} at the latest"


def _of_type(texts: Mapping[str, str], check: Check | None, profile: Profile) -> Iterator[tuple[str, str]]:
    kind = texts.get("type")
    if kind is None:
        return
    if kind not in TYPES:
        yield "type", f"expected one of {', '.join(TYPES)}"
    if kind == "alternative-measure" and "measure" not in texts:
        yield "type", "expected `measure` beside it: the control that is in force instead"
    if kind == "not-reasonable-documented" and "alternative_considered" not in texts:
        yield "type", "expected `alternative_considered` beside it: what was weighed, and why it was not chosen"
    if kind in _INSTEAD and check is not None and (reason := not_addressable(check, profile)):
        yield "type", f"expected false-positive, not-applicable or risk-accepted: {reason} (45 CFR 164.306(d))"


def not_addressable(check: Check, profile: Profile) -> str:
    """Say why nothing may stand in for what the check asks, "" if all it directly asks is addressable.

    A standard is as addressable as the specifications of it that are cited beside it.
    """
    citations = profile.map(check.id, check.control, check.also).citations
    paragraphs = profile.regulation.by_id
    addressable = {paragraphs[citation.id].parent for citation in citations if citation.designation == "addressable"}
    for citation in citations:
        if citation.strength != "direct" or citation.designation == "addressable":
            continue
        if citation.designation == "required":
            return f"{check.id} is about {citation.id}, which is Required"
        if citation.id not in addressable:
            return f"{check.id} is about {citation.id} itself, and not about an addressable specification of it"
    return "" if addressable else f"{check.id} is about no addressable specification"


def scope_faults(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a scope: nothing given, or a path that names everything or nothing."""
    if not texts:
        yield "", f"expected one or more of {', '.join(SCOPE)}"
    path = texts.get("path")
    if path is None:
        return
    if path.startswith("!") or "\n" in path or not parse_patterns(path):
        yield "path", "expected one pattern in gitignore syntax that does not begin with `!` or `#`"
    elif not path.strip("*/") and len(texts) == 1:
        yield "path", "expected a narrower pattern, or a component or fingerprint beside it: this one names every file"
