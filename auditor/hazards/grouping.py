"""Findings to hazards: one for each category and kind of system, so that a log stays readable."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from auditor.model.report import CheckInfo, Finding, Report
from auditor.records import dataclass

_FAMILIES: Final[Mapping[str, str]] = {
    **dict.fromkeys("compose kubernetes dockerfile helm docker systemd".split(), "containers and hosts"),
    "terraform": "cloud resources",
    **dict.fromkeys("dotenv text python javascript".split(), "applications"),
    **dict.fromkeys(
        (
            "redis mongodb postgres pgbouncer mysql cassandra elasticsearch opensearch influxdb memcached etcd minio"
        ).split(),
        "data stores",
    ),
    **dict.fromkeys("kafka zookeeper rabbitmq".split(), "message brokers"),
}
_SECRETS: Final = "secrets"
_WORTH: Final = frozenset({"critical", "high", "medium"})
_CONTROLS_OF_SECRETS: Final = frozenset(
    {"plaintext-secret", "shared-secret", "weak-secret", "default-credential", "secret-rotation"}
)


@dataclass(frozen=True)
class Hazard:
    """Open findings of one category about one kind of system, the most severe first, which gives it its name.

    `id` is the name of its file without the ending.
    """

    id: str
    name: str
    category: str
    findings: tuple[Finding, ...]
    checks: tuple[CheckInfo, ...]


def hazards_of(report: Report) -> list[Hazard]:
    """Return the hazards of the open findings of medium severity or above, in the order of the categories."""
    known = {check.id: check for check in report.checks}
    order = [category.id for category in report.categories]
    groups: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.status != "waived" and finding.severity in _WORTH and finding.confidence != "low":
            groups[finding.category, _family(finding)].append(finding)
    return [
        Hazard(
            id=f"hazard-{category}-{family.replace(' ', '-')}",
            name=findings[0].title,
            category=category,
            findings=tuple(findings),
            checks=tuple(known[name] for name in dict.fromkeys(f.check_id for f in findings) if name in known),
        )
        for (category, family), findings in sorted(
            groups.items(), key=lambda group: (order.index(group[0][0]) if group[0][0] in order else 99, group[0])
        )
    ]


def _family(finding: Finding) -> str:
    if finding.control in _CONTROLS_OF_SECRETS:
        return _SECRETS
    return _FAMILIES.get(finding.technology or "", "servers")
