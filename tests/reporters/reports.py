"""Reports to render: a small clinic with everything a report can hold, an empty one, and a hostile one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeGuard, get_type_hints

import msgspec

from auditor.conclusion import conclude
from auditor.model.evidence import (
    Changes,
    Cover,
    GoneFinding,
    Integrity,
    RegulationInfo,
    ReportedException,
    Trend,
    TrendPoint,
)
from auditor.model.report import (
    CategoryInfo,
    CheckInfo,
    Citation,
    ComponentSetting,
    Coverage,
    CoveredFile,
    Finding,
    FrameLine,
    Git,
    Place,
    RelatedPlace,
    Report,
    ReportedComponent,
    Result,
    Scan,
    ScanDiagnostic,
    SeverityName,
    Summary,
    Tool,
)
from auditor.profile import load_profile

PROFILES = Path(__file__).parents[2] / "profiles"

CATEGORIES = (
    CategoryInfo(
        id="access",
        title="Access",
        definition="the ability or the means necessary to read, write, modify, or communicate data/information or "
        "otherwise use any system resource. (This definition applies to “access” as used in this subpart, not as "
        "used in subparts D or E of this part.)",
    ),
    CategoryInfo(
        id="authentication",
        title="Authentication",
        definition="the corroboration that a person is the one claimed.",
    ),
    CategoryInfo(
        id="password",
        title="Password",
        definition="confidential authentication information composed of a string of characters.",
    ),
    CategoryInfo(
        id="encryption",
        title="Encryption",
        definition="the use of an algorithmic process to transform data into a form in which there is a low "
        "probability of assigning meaning without use of a confidential process or key.",
    ),
    CategoryInfo(
        id="integrity",
        title="Integrity",
        definition="the property that data or information have not been altered or destroyed in an unauthorized "
        "manner.",
    ),
    CategoryInfo(
        id="availability",
        title="Availability",
        definition="the property that data or information is accessible and useable upon demand by an authorized "
        "person.",
    ),
    CategoryInfo(
        id="malicious-software",
        title="Malicious software",
        definition="software, for example, a virus, designed to damage or disrupt a system.",
    ),
)

PERSON = Citation(id="164.312(d)", title="Person or entity authentication", designation="standard", strength="direct")
UNIQUE = Citation(
    id="164.312(a)(2)(i)", title="Unique user identification", designation="required", strength="supports"
)
TRANSMISSION = Citation(id="164.312(e)(2)(ii)", title="Encryption", designation="addressable", strength="direct")
PASSWORDS = Citation(
    id="164.308(a)(5)(ii)(D)", title="Password management", designation="addressable", strength="direct"
)
GENERAL = Citation(
    id="164.306(a)(1)",
    title="Ensure confidentiality, integrity and availability",
    designation="general",
    strength="supports",
)

REDIS_FIX = """Set a password for the default user, or define users in an ACL file:

```text redis.conf
protected-mode yes
requirepass <at least 32 random characters>
```

Give the same value to the clients through a secret manager, **not** in `compose.yaml`.
"""


def check(  # noqa: PLR0917  # a table of checks reads best without names
    check_id: str,
    title: str,
    severity: SeverityName,
    category: str,
    citations: tuple[Citation, ...],
    control: str,
    why: str = "A person who reaches the port reads and changes records without leaving a name.",
    fix: str = "Change the setting.\n\n```yaml\nenabled: true\n```",
) -> CheckInfo:
    return CheckInfo(
        id=check_id,
        title=title,
        severity=severity,
        control=control,
        category=category,
        citations=citations,
        why=why,
        fix=fix,
        references=(
            "Redis 7.2 manual, Security: https://redis.io/docs/latest/operate/oss_and_stack/management/security/",
            "redis.conf of 7.2, section SECURITY",
        ),
    )


CHECKS = (
    check(
        "redis-no-authentication",
        "Redis accepts commands from the network without a password",
        "critical",
        "authentication",
        (PERSON, UNIQUE),
        "authentication",
        "Without a password every client is the `default` user, who may run every command. Appointment queues and "
        "session tokens are then open to whoever reaches the port, and *nothing records who it was*.",
        REDIS_FIX,
    ),
    check(
        "postgres-hba-trust",
        "PostgreSQL lets a remote client in without a password",
        "critical",
        "authentication",
        (PERSON, UNIQUE),
        "authentication",
    ),
    check(
        "secret-plaintext",
        "A secret is written in a file",
        "high",
        "password",
        (PASSWORDS,),
        "plaintext-secret",
        fix="Move the value to the secret manager and *rotate* it.",
    ),
    check(
        "postgres-ssl-off",
        "PostgreSQL does not offer TLS",
        "high",
        "encryption",
        (TRANSMISSION,),
        "encryption-in-transit",
    ),
    check("postgres-fsync-off", "PostgreSQL can lose committed data", "medium", "integrity", (GENERAL,), "durability"),
    check(
        "workload-no-limits", "A container has no memory limit", "low", "availability", (GENERAL,), "resource-limits"
    ),
    check("workload-privileged", "A container is privileged", "high", "access", (UNIQUE,), "privilege"),
    check(
        "image-not-pinned",
        "An image is not pinned to a digest",
        "info",
        "malicious-software",
        (GENERAL,),
        "supply-chain",
    ),
)


def frame(*lines: str, first: int, marked: int) -> tuple[FrameLine, ...]:
    return tuple(FrameLine(line=number, text=text, marked=number == marked) for number, text in enumerate(lines, first))


def finding(
    check_id: str,
    message: str,
    *,
    path: str,
    line: int,
    component: str | None,
    fingerprint: str,
    frame: tuple[FrameLine, ...] = (),
    severity: SeverityName | None = None,
    **other: Any,
) -> Finding:
    about = next(check for check in CHECKS if check.id == check_id)
    fields: dict[str, Any] = {
        "title": about.title,
        "confidence": "high",
        "status": "open",
        "technology": check_id.partition("-")[0],
        "expected": "",
        "remediation": about.fix,
        "column": 1,
        "end_line": line,
        "end_column": 0,
        "related": (),
        "control": about.control,
        "also": (),
        "category": about.category,
        "also_categories": (),
        "citations": about.citations,
        "cwe": None,
        **other,
    }
    return Finding(
        check_id=check_id,
        severity=severity or about.severity,
        message=message,
        path=path,
        line=line,
        component=component,
        fingerprint=fingerprint,
        frame=frame,
        **fields,
    )


FINDINGS = (
    finding(
        "redis-no-authentication",
        "The user default may run every command without a password from any address.",
        path="redis/redis.conf",
        line=12,
        component="message-queue",
        fingerprint="f1a90c62",
        frame=frame("# Appointment queue", "bind 0.0.0.0", "protected-mode no", "port 6379", "", first=10, marked=12),
        expected="protected-mode yes with requirepass, or an ACL file",
        related=(RelatedPlace(path="compose.yaml", line=44, message="port 6379 is published on all addresses here"),),
        also_categories=("access",),
        cwe=306,
        first_seen="2026-10-02",
    ),
    finding(
        "postgres-hba-trust",
        "0.0.0.0/0 may log in as every user to every database without a password.",
        path="postgres/pg_hba.conf",
        line=4,
        component="records-db",
        fingerprint="0b8e77d1",
        frame=frame(
            "# TYPE  DATABASE  USER  ADDRESS      METHOD",
            "local   all       all                peer",
            "host    all       all   0.0.0.0/0    trust",
            first=2,
            marked=4,
        ),
        also_categories=("access", "confidentiality"),
    ),
    finding(
        "postgres-hba-trust",
        "10.0.0.0/8 may log in as reporting to the database records without a password.",
        path="postgres/pg_hba.conf",
        line=5,
        component="records-db",
        fingerprint="0b8e77d1#2",
        severity="high",
        confidence="medium",
        frame=frame("host    records   reporting  10.0.0.0/8  trust", first=5, marked=5),
    ),
    finding(
        "secret-plaintext",
        "SESSION_SIGNING_KEY holds a literal value (32 characters, letters and digits).",
        path="deploy/production/environment-files/appointment-service.production.env",
        line=7,
        component=None,
        fingerprint="secret-plaintext:appointment:SESSION_SIGNING_KEY",
        frame=frame(
            "DATABASE_HOST=records-db",
            "SESSION_SIGNING_KEY=••••••••",
            "FEATURE_FLAGS=" + "appointment-reminders,lab-results-portal," * 6,
            first=6,
            marked=7,
        ),
        also_categories=("confidentiality",),
    ),
    finding(
        "postgres-ssl-off",
        "ssl is off, so passwords and records cross the network readable.",
        path="postgres/postgresql.conf",
        line=1,
        component="records-db",
        fingerprint="55aa2310",
        also_categories=("confidentiality",),
    ),
    finding(
        "postgres-fsync-off",
        "fsync is off: a crash of the host can destroy committed records.",
        path="postgres/postgresql.conf",
        line=31,
        component="records-db",
        fingerprint="9ce01144",
        frame=frame("\tfsync = off\t# faster imports", first=31, marked=31),
    ),
    finding(
        "workload-privileged",
        "The container lab-import runs with all powers of its host.",
        path="k8s/lab-import.yaml",
        line=23,
        component="default/Deployment/lab-import",
        fingerprint="77777777",
        frame=frame("        securityContext:", "          privileged: true", first=22, marked=23),
    ),
    finding(
        "workload-no-limits",
        "The container lab-import may take all memory of its node.",
        path="k8s/lab-import.yaml",
        line=18,
        component="default/Deployment/lab-import",
        fingerprint="6f6f6f6f",
        confidence="low",
    ),
    finding(
        "image-not-pinned",
        "The image example.org/clinic/lab-import:latest can change without a change of this file.",
        path="k8s/lab-import.yaml",
        line=19,
        component="default/Deployment/lab-import",
        fingerprint="1234abcd",
    ),
    finding(
        "workload-no-limits",
        "The container message-queue may take all memory of its host.",
        path="compose.yaml",
        line=41,
        component="message-queue",
        fingerprint="0dd0dd0d",
        status="waived",
        exception="EX-1",
    ),
)

COMPONENTS = (
    ReportedComponent(
        id="default/Deployment/lab-import",
        technology="kubernetes",
        kind="workload",
        version=None,
        origin="kubernetes",
        at=Place(path="k8s/lab-import.yaml", line=17),
        exposure="container network: no port is published; other containers can reach it",
        settings=(),
    ),
    ReportedComponent(
        id="message-queue",
        technology="redis",
        kind="service",
        version="7.2",
        origin="compose",
        at=Place(path="compose.yaml", line=41),
        exposure="published: port 6379 is published on all addresses (ports)",
        settings=(
            ComponentSetting(name="bind", value="0.0.0.0", origin="file", path="redis/redis.conf", line=11),
            ComponentSetting(name="protected-mode", value="no", origin="file", path="redis/redis.conf", line=12),
            ComponentSetting(
                name="requirepass",
                value="empty",
                origin="built-in default",
                path=None,
                line=None,
                source="redis.conf of 7.2",
            ),
            ComponentSetting(
                name="maxmemory",
                value="not known: ${REDIS_MEMORY} has no value in the scanned files",
                origin="command line",
                path="compose.yaml",
                line=46,
            ),
        ),
    ),
    ReportedComponent(
        id="records-db",
        technology="postgresql",
        kind="service",
        version="15",
        origin="compose",
        at=Place(path="compose.yaml", line=12),
        exposure="container network: no port is published; other containers can reach it",
        settings=(
            ComponentSetting(
                name="ssl",
                value="off",
                origin="built-in default",
                path=None,
                line=None,
                source="PostgreSQL 15 manual, 20.3",
            ),
        ),
    ),
)

FILES = (
    CoveredFile(
        path="compose.yaml",
        technology="compose",
        status="parsed",
        reason="",
        bytes=1892,
        git="tracked",
        sha256="3b1f" * 16,
    ),
    CoveredFile(
        path="deploy/production/environment-files/appointment-service.production.env",
        technology="dotenv",
        status="parsed",
        reason="",
        bytes=412,
        git="ignored",
        sha256="aa01" * 16,
    ),
    CoveredFile(
        path="k8s/chart/templates/web.yaml",
        technology="kubernetes",
        status="partial",
        reason="14 values come from template expressions",
        bytes=2210,
        git="tracked",
        sha256="c0de" * 16,
    ),
    CoveredFile(
        path="k8s/lab-import.yaml",
        technology="kubernetes",
        status="parsed",
        reason="",
        bytes=901,
        git="tracked",
        sha256="beef" * 16,
    ),
    CoveredFile(
        path="mongo/mongod.conf",
        technology="mongodb",
        status="unreadable",
        reason="line 14: a mapping value is not allowed here",
        bytes=530,
        git="untracked",
        sha256="0123" * 16,
    ),
    CoveredFile(
        path="postgres/pg_hba.conf",
        technology="postgresql",
        status="parsed",
        reason="",
        bytes=4821,
        git="tracked",
        sha256="4567" * 16,
    ),
    CoveredFile(
        path="postgres/postgresql.conf",
        technology="postgresql",
        status="parsed",
        reason="",
        bytes=29000,
        git="tracked",
        sha256="89ab" * 16,
    ),
    CoveredFile(
        path="redis/redis.conf",
        technology="redis",
        status="parsed",
        reason="",
        bytes=1200,
        git="tracked",
        sha256="cdef" * 16,
    ),
    CoveredFile(
        path="secrets/session.key",
        technology=None,
        status="skipped",
        reason="not a configuration file",
        bytes=64,
        git="none",
    ),
    CoveredFile(
        path="web/logo.svg",
        technology=None,
        status="skipped",
        reason="not a configuration file",
        bytes=5000,
        git="tracked",
        sha256="f00d" * 16,
    ),
)

RESULTS = (
    *(Result(check_id=f.check_id, component=f.component or "", status="fail", reason="") for f in FINDINGS),
    Result(check_id="workload-privileged", component="message-queue", status="pass", reason=""),
    Result(
        check_id="postgres-ssl-off",
        component="message-queue",
        status="not_evaluated",
        reason="${REDIS_MEMORY} has no value in the scanned files",
    ),
    Result(
        check_id="redis-no-authentication",
        component="message-queue",
        status="not_evaluated",
        reason="${REDIS_MEMORY} has no value in the scanned files",
    ),
    Result(
        check_id="image-not-pinned",
        component="records-db",
        status="not_evaluated",
        reason="the image's tag comes from a template expression",
    ),
)


WAIVED = next(finding for finding in FINDINGS if finding.status == "waived")
EXCEPTIONS = (
    ReportedException(
        id="EX-1",
        check_id=WAIVED.check_id,
        type="false-positive",
        status="active",
        path="auditor-exceptions.yaml",
        line=3,
        scope=f"fingerprint {WAIVED.fingerprint}",
        justification="The file is a template that is never deployed.",
        owner="Platform lead",
        approver="Security official",
        ticket="OPS-12",
        created="2026-06-01",
        expires="2026-12-31",
        review="2026-11-01",
        findings=(WAIVED.fingerprint,),
    ),
    ReportedException(
        id="EX-2",
        check_id="postgres-ssl-off",
        type="alternative-measure",
        status="expired",
        path="auditor-exceptions.yaml",
        line=19,
        scope="component records-db",
        justification="The link is encrypted by the network.",
        measure="IPsec between the two hosts",
        owner="Platform lead",
        approver="Security official",
        created="2025-06-01",
        expires="2026-05-31",
        note="it expired on 2026-05-31",
    ),
)
CHANGES = Changes(
    reference="history",
    report_id="6f1d3c1e-7f6a-5d1e-9c59-0d9f4f1c2b3a",
    finished="2026-11-14T09:30:02Z",
    checks_changed=False,
    gone=(
        GoneFinding(
            fingerprint="redis-no-tls-0123456789ab",
            check_id="redis-no-tls",
            title="Redis speaks without TLS",
            severity="high",
            component="message-queue",
            path="redis/redis.conf",
            line=4,
            gone="fixed",
            first_seen="2026-10-01T09:30:00Z",
        ),
    ),
)


def point(day: int, critical: int, *, fixed: int, score: int) -> TrendPoint:
    return TrendPoint(
        report_id=f"6f1d3c1e-7f6a-5d1e-9c59-0d9f4f1c2b{day:02}",
        finished=f"2026-11-{day:02}T09:30:02Z",
        by_severity={"critical": critical, "high": 4, "medium": 2, "low": 1, "info": 0},
        new=1,
        fixed=fixed,
        score=score,
        coverage_percent=30,
        checks_digest="5d41" * 16,
    )


TREND = Trend(
    runs=3,
    points=(point(7, 3, fixed=0, score=61), point(14, 3, fixed=1, score=64), point(21, 2, fixed=1, score=70)),
    mean_days_to_fix=12.5,
)


def unsettled() -> Report:
    """The clinic's report before its matrix and summary are made."""
    profile = load_profile(PROFILES / "hipaa.yaml")
    return Report(
        schema_version="1",
        report_id="7b0c6a0e-1f5c-5a0e-8d43-5a5f3c1b2d4e",
        tool=Tool(name="auditor", version="0.1.0", checks_digest="5d41" * 16),
        cover=Cover(
            organisation="Lakeside Clinic (example)",
            system="Patient records",
            period="November 2026",
            prepared_by="Platform team",
        ),
        scan=Scan(
            started="2026-11-21T09:30:00Z",
            finished="2026-11-21T09:30:02Z",
            targets=("samples/clinic-insecure",),
            profile="hipaa",
            environment=None,
            git=Git(commit="4f2c9b7d1e0a4f2c9b7d1e0a4f2c9b7d1e0a4f2c", dirty=True),
        ),
        regulation=RegulationInfo(
            title=profile.regulation.title,
            citation=profile.regulation.citation,
            edition=profile.regulation.edition,
        ),
        coverage=Coverage(files=FILES),
        components=COMPONENTS,
        findings=FINDINGS,
        results=RESULTS,
        checks=CHECKS,
        categories=CATEGORIES,
        exceptions=EXCEPTIONS,
        matrix=(),
        changes=CHANGES,
        trend=TREND,
        diagnostics=(
            ScanDiagnostic(
                path="mongo/mongod.conf", line=14, kind="parse-error", message="a mapping value is not allowed here"
            ),
            ScanDiagnostic(path="web/dump.sql", line=None, kind="limit", message="larger than 10 MiB"),
        ),
        integrity=Integrity(inputs="1a2b" * 16, profile="3c4d" * 16, exceptions="5e6f" * 16),
        summary=Summary(
            by_severity={},
            by_category={},
            files={},
            components=0,
            checks_run=0,
            score=None,
            earned=0,
            possible=0,
            assessed=0,
            assessable=0,
            coverage_percent=0,
        ),
    )


def clinic() -> Report:
    """A report with every kind of content."""
    return conclude(unsettled(), load_profile(PROFILES / "hipaa.yaml"), {"164.308(a)(4)(ii)(A)": "No clearinghouse."})


def empty() -> Report:
    """A report of a folder with nothing to audit."""
    report = unsettled()
    bare = msgspec.structs.replace(
        report,
        coverage=Coverage(files=()),
        components=(),
        findings=(),
        results=(),
        checks=(),
        exceptions=(),
        changes=None,
        trend=None,
        diagnostics=(),
        cover=Cover(),
        integrity=Integrity(inputs="0" * 64, profile="3c4d" * 16),
        scan=msgspec.structs.replace(report.scan, git=None),
    )
    return conclude(bare, load_profile(PROFILES / "hipaa.yaml"), {})


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(value, tuple)


def rewrite(value: Any, change: Callable[[str, str], str], path: str = "", hint: Any = None) -> Any:
    """Return `value` with `change(path, text)` in place of every string that its type leaves free."""
    if isinstance(value, str):
        return value if "Literal" in str(hint) else change(path, value)
    if is_tuple(value):
        return tuple(rewrite(item, change, f"{path}[{number}]") for number, item in enumerate(value))
    if isinstance(value, msgspec.Struct):
        hints = get_type_hints(type(value))
        return type(value)(
            **{
                name: rewrite(getattr(value, name), change, f"{path}.{name}", hints[name])
                for name in value.__struct_fields__
            }
        )
    return value
