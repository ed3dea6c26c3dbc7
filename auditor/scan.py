"""One scan: a tree in, the estate or the whole report out. No global state."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from auditor.assembly import Material, assemble
from auditor.comparison import Past, compare, with_trend
from auditor.conclusion import conclude
from auditor.discovery import Examined, examine
from auditor.engine import run
from auditor.exceptions.apply import apply as apply_exceptions
from auditor.exceptions.comments import find_comments
from auditor.inventory.build import Fault, take_inventory
from auditor.inventory.files import Files
from auditor.inventory.secret_history import MAX_AGE_DAYS, secret_histories
from auditor.model.application import ApplicationSettings
from auditor.model.check import Check
from auditor.model.cloud import CloudResource
from auditor.model.code import KeyUse, TokenPayload
from auditor.model.credential import Credential
from auditor.model.evidence import Cover
from auditor.model.fact import Fact
from auditor.model.image import ImageBuild
from auditor.model.report import Git, Report, Scan
from auditor.model.secret_history import NO_REPOSITORY, SecretHistory
from auditor.model.sharing import SecretUses
from auditor.model.token import WebToken
from auditor.model.workload import Workload
from auditor.packs import Pack
from auditor.profile import Profile
from auditor.records import dataclass
from auditor.redaction import Redactor
from auditor.sources.git import GitFacts
from auditor.sources.tree import Tree
from auditor.sources.watched import WatchedTree

if TYPE_CHECKING:
    from auditor.exceptions.reading import ExceptionsFile
    from auditor.model.unknown import Unknown
    from auditor.sources.history import History


@dataclass(frozen=True)
class Estate:
    """What a tree holds: every file with what became of it (documents dropped), and the facts made of them."""

    examined: tuple[Examined, ...]
    facts: tuple[Fact, ...]
    opened: frozenset[str]
    faults: tuple[Fault, ...]
    files: Files


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a scan is run with.

    `pack` holds the checks, or loads those of the built-in pack's folders it is given (a scan needs those of the
    technologies it finds). `select` and `ignore` are check ids, present or former. `targets` and `exclude` (the
    patterns that `tree` leaves out) are shown as given.
    """

    pack: Pack | Callable[[Collection[str]], Pack]
    profile: Profile
    targets: Sequence[str] = ()
    select: Collection[str] = ()
    ignore: Collection[str] = ()
    exclude: Sequence[str] = ()
    environment: str | None = None
    git: GitFacts | None = None
    jobs: int = 1
    """Threads that read and parse files; the result does not depend on it."""
    secret_max_age_days: int = MAX_AGE_DAYS
    """How long a secret may stay the same; a private key of TLS at least a year."""
    cover: Cover = field(default_factory=Cover)
    not_applicable: Mapping[str, str] = field(default_factory=dict[str, str])
    """Paragraphs of the regulation that do not apply to the organisation, with the reason."""
    exceptions: "ExceptionsFile | None" = None
    honour_exceptions: bool = True
    """Whether exceptions, of the file and in comments, have an effect; they are listed either way."""
    today: date | None = None
    """The day that exceptions are judged on; None is the day on which the scan starts."""
    baseline: Report | None = None
    """A former result whose findings are known and set aside."""
    past: Callable[[Report], Past] | None = None
    """Asks a history for the runs before the report; None without a history."""

    def runs(self, check: Check) -> bool:
        """Tell whether `select` and `ignore` let the check run."""
        return (not self.select or not check.names.isdisjoint(self.select)) and check.names.isdisjoint(self.ignore)


def take_estate(tree: Tree, jobs: int = 1) -> Estate:
    """Walk, read, parse and link everything in `tree`, with `jobs` threads reading and parsing."""
    examined = tuple(examine(tree, jobs))
    files = Files(tree, examined)
    inventory = take_inventory(examined, files)
    examined = tuple(item.without_documents() for item in examined)
    return Estate(examined, inventory.facts, inventory.opened, inventory.faults, files)


def _open_history(git: GitFacts | None) -> "History | Unknown":
    if git is None:
        return NO_REPOSITORY
    from auditor.sources.history_opening import open_history  # noqa: PLC0415  # few scans have a history

    return open_history(git)


@dataclass(frozen=True)
class Result:
    """The report of a scan, and the estate it speaks of."""

    report: Report
    estate: Estate


def audit(tree: Tree, options: Options) -> Result:
    """Scan `tree`, run the checks and put the report together."""
    started = now()
    today = options.today or date.fromisoformat(started[:10])
    git = options.git
    watched = WatchedTree(tree, git) if git is not None else None
    estate = take_estate(watched or tree, options.jobs)
    dated = secret_histories(
        estate.facts,
        estate.files,
        partial(_open_history, git),
        now=datetime.fromisoformat(started),
        max_age_days=options.secret_max_age_days,
    )
    estate = replace(estate, facts=(*estate.facts, *dated))
    pack = options.pack if isinstance(options.pack, Pack) else options.pack(folders_of(estate.facts))
    checks = [check for check in pack.checks if options.runs(check)]
    outcomes = run(checks, estate.facts)
    credentials = [fact for fact in estate.facts if isinstance(fact, Credential)]
    sources = estate.files.read_sources()
    comments = find_comments(sources)
    described = pack
    if options.exceptions is not None:
        from auditor.exceptions.expired import EXCEPTION_EXPIRED, expired_outcomes  # noqa: PLC0415  # start-up time

        outcomes += expired_outcomes(options.exceptions.records, today)
        described = replace(pack, checks=(*pack.checks, EXCEPTION_EXPIRED))
        sources = {**sources, options.exceptions.source.path: options.exceptions.source}
    redactor = Redactor(sources, credentials)
    report = assemble(
        Material(
            examined=estate.examined,
            opened=estate.opened,
            faults=estate.faults,
            facts=estate.facts,
            outcomes=outcomes,
            redactor=redactor,
            pack=described,
            profile=options.profile,
            scan=Scan(
                started=started,
                finished=now(),
                targets=tuple(options.targets),
                profile=options.profile.name,
                environment=options.environment,
                git=_git(git, watched),
                deselected=tuple(sorted(n for check in pack.checks if not options.runs(check) for n in check.names)),
                exclude=tuple(options.exclude),
            ),
            git_status={item.entry.path: git.status(item.entry.path) for item in estate.examined} if git else {},
            cover=options.cover,
        )
    )
    report = apply_exceptions(
        report,
        options.exceptions,
        comments,
        today=today,
        honour=options.honour_exceptions,
        known={name: check.id for check in pack.checks for name in check.names},
        clean=redactor.clean,
    )
    report = _told_apart(report, options)
    past = options.past(report) if options.past is not None else None
    report = compare(report, past=past, baseline=options.baseline)
    report = conclude(report, options.profile, options.not_applicable)
    return Result(report if past is None else with_trend(report, past), estate)


def _told_apart(report: Report, options: Options) -> Report:
    """Give the same files under other exceptions or against another baseline the id of another report."""
    decided = [
        report.integrity.exceptions or "",
        options.baseline.report_id if options.baseline is not None else "",
        "" if options.honour_exceptions else "none honoured",
    ]
    if not any(decided):
        return report
    return msgspec.structs.replace(report, report_id=str(uuid5(UUID(report.report_id), "\n".join(decided))))


_FOLDERS: Mapping[type[Fact], str] = {
    ApplicationSettings: "application",
    Credential: "secrets",
    KeyUse: "secrets",
    TokenPayload: "secrets",
    SecretHistory: "secrets",
    SecretUses: "secrets",
    WebToken: "secrets",
    ImageBuild: "workload",
    Workload: "workload",
}
_PROVIDERS = {"aws": "aws", "azurerm": "azure", "google": "google"}


def folders_of(facts: Iterable[Fact]) -> frozenset[str]:
    """Return the folders of the built-in pack whose checks take one of the facts."""
    folders: set[str] = set()
    for fact in facts:
        if isinstance(fact, CloudResource):
            folders.add(_PROVIDERS.get(fact.provider, fact.provider))
        else:
            folders.add(_FOLDERS.get(type(fact), fact.technology))
    return frozenset(folders)


def _git(git: GitFacts | None, watched: WatchedTree | None) -> Git | None:
    if git is None or git.commit is None or watched is None:
        return None
    return Git(commit=git.commit, dirty=watched.dirty)


def now() -> str:
    """Return the time in UTC, ISO 8601; `SOURCE_DATE_EPOCH` stands in for it where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
