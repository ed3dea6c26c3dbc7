"""What a report is made of."""

from collections.abc import Mapping, Sequence

from auditor.discovery import Examined
from auditor.engine import Outcome
from auditor.inventory.build import Fault
from auditor.model.evidence import Cover
from auditor.model.fact import Fact
from auditor.model.report import GitStatus, Scan
from auditor.packs import Pack
from auditor.profile import Profile
from auditor.records import dataclass
from auditor.redaction import Redactor


@dataclass(frozen=True)
class Material:
    """The parts of one scan that the report is put together from."""

    examined: Sequence[Examined]
    opened: frozenset[str]
    faults: Sequence[Fault]
    facts: Sequence[Fact]
    outcomes: Sequence[Outcome]
    redactor: Redactor
    pack: Pack
    profile: Profile
    scan: Scan
    git_status: Mapping[str, GitStatus]
    cover: Cover
