"""What OSCAL's assessment results and plan of action share: components, observations and risks."""

from typing import Any, Final

from auditor.model.evidence import Gone, GoneFinding, ReportedException
from auditor.model.report import CheckInfo, Finding, Report, ReportedComponent

from .oscal_terms import (
    NAMESPACE,
    block,
    end_of_day,
    line,
    properties,
    prose,
    reference,
    run_id,
    subject_id,
    time,
)
from .plain import first_sentence, utc_time

_ENDS: Final[dict[Gone, str]] = {"fixed": "closed", "rule change": "investigating", "not evaluated": "investigating"}


class Records:
    """The parts made of one report; ids are the same wherever a part is referred to."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._exceptions = {exception.id: exception for exception in report.exceptions}
        self._checks = {check.id: check for check in report.checks}
        self._components = {component.id for component in report.components}
        self.origins = [{"actors": [{"type": "tool", "actor-uuid": run_id(report, "tool")}]}]

    def definitions(self) -> dict[str, Any]:
        """Return the `local-definitions`: the inventory, and this program as the means of the assessment."""
        report = self._report
        tool = {
            "uuid": run_id(report, "tool"),
            "type": "software",
            "title": line(report.tool.name),
            "description": "Reads configuration files and compares the settings in force with its checks.",
            "props": properties(version=report.tool.version, checks_sha256=report.tool.checks_digest),
            "status": {"state": "operational"},
        }
        platform = {
            "uuid": run_id(report, "platform"),
            "title": "Static analysis of configuration files",
            "uses-components": [{"component-uuid": tool["uuid"]}],
        }
        return {
            "components": [self._component(component) for component in report.components],
            "assessment-assets": {"components": [tool], "assessment-platforms": [platform]},
        }

    def _component(self, component: ReportedComponent) -> dict[str, Any]:
        return {
            "uuid": subject_id(self._report, "component", component.id),
            "type": "service" if component.kind == "service" else "software",
            "title": line(component.id),
            "description": line(f"{component.technology} {component.version or ''} ({component.kind})"),
            "props": properties(
                technology=component.technology,
                version=component.version,
                origin=component.origin,
                exposure=component.exposure,
                place=f"{component.at.path}:{component.at.line}",
            ),
            "status": {"state": "other", "remarks": "Declared in configuration files; that it runs was not examined."},
        }

    def observation(self, finding: Finding) -> dict[str, Any]:
        """Return what was seen and where."""
        frame = "\n".join(f"{row.line}{'>' if row.marked else ' '} {row.text}" for row in finding.frame)
        evidence = [
            {
                "href": reference(finding.path, finding.line),
                "description": block(frame) if frame else line(finding.message),
            },
            *(
                {"href": reference(place.path, place.line), "description": line(place.message)}
                for place in finding.related
            ),
        ]
        known = finding.component in self._components
        subject = {"subject-uuid": subject_id(self._report, "component", finding.component or ""), "type": "component"}
        return {
            "uuid": run_id(self._report, "observation", finding.fingerprint),
            "title": line(finding.title),
            "description": line(finding.message),
            "props": properties(
                check_id=finding.check_id,
                fingerprint=finding.fingerprint,
                status=finding.status,
                change=finding.change,
                first_seen=finding.first_seen,
                category=finding.category,
                cwe=finding.cwe and f"CWE-{finding.cwe}",
                expected=finding.expected,
            ),
            "methods": ["EXAMINE"],
            "types": ["finding"],
            "origins": self.origins,
            "subjects": [subject] if known else [],
            "relevant-evidence": evidence,
            "collected": time(self._report.scan.finished),
        }

    def risk(self, finding: Finding) -> dict[str, Any]:
        """Return what the finding means and what became of it; it has a deadline if an exception ends."""
        exception = self._exceptions.get(finding.exception or "")
        check = self._checks.get(finding.check_id)
        return {
            **self._risk(finding, finding.message, "open" if exception is None else _status(exception)),
            **self._deviation(finding, exception),
            "remediations": [self._remediation(finding, check)],
            "related-observations": [{"observation-uuid": run_id(self._report, "observation", finding.fingerprint)}],
        }

    def ended_risk(self, gone: GoneFinding) -> dict[str, Any]:
        """Return the risk of a finding that is no longer there: closed if what it was about was fixed."""
        status = _ENDS[gone.gone]
        entry = {
            "uuid": run_id(self._report, "ended", gone.fingerprint),
            "title": f"No longer found: {gone.gone}",
            "start": time(self._report.scan.finished),
            "status-change": status,
        }
        return {
            **self._risk(gone, f"{gone.title}: {gone.path}:{gone.line}", status),
            "risk-log": {"entries": [entry]},
        }

    def _risk(self, about: Finding | GoneFinding, message: str, status: str) -> dict[str, Any]:
        check = self._checks.get(about.check_id)
        facets = [{"name": "severity", "system": NAMESPACE, "value": about.severity}]
        if isinstance(about, Finding):
            facets.append({"name": "confidence", "system": NAMESPACE, "value": about.confidence})
        return {
            "uuid": subject_id(self._report, "risk", about.fingerprint),
            "title": line(about.title),
            "description": line(message),
            "statement": prose(check.why if check else about.title),
            "props": properties(check_id=about.check_id, fingerprint=about.fingerprint),
            "status": status,
            "origins": self.origins,
            "characterizations": [{"origin": self.origins[0], "facets": facets}],
        }

    def _deviation(self, finding: Finding, exception: ReportedException | None) -> dict[str, Any]:
        if exception is None:
            return {}
        measure = {
            "uuid": subject_id(self._report, "measure", f"{exception.id} {finding.fingerprint}"),
            "description": line(exception.measure),
        }
        entry = {
            "uuid": subject_id(self._report, "deviation", f"{exception.id} {finding.fingerprint}"),
            "title": line(f"Exception {exception.id}"),
            "description": line(exception.justification),
            "start": utc_time(exception.created) or time(self._report.scan.finished),
            "props": properties(
                type=exception.type,
                owner=exception.owner,
                approver=exception.approver,
                alternative_considered=exception.alternative_considered,
                ticket=exception.ticket,
                expires=exception.expires,
                place=f"{exception.path}:{exception.line}",
            ),
            "status-change": _status(exception),
        }
        return {
            "mitigating-factors": [measure] if exception.measure else [],
            "deadline": end_of_day(exception.expires),
            "risk-log": {"entries": [entry]},
        }

    def _remediation(self, finding: Finding, check: CheckInfo | None) -> dict[str, Any]:
        fix = check.fix if check and check.fix else finding.remediation
        return {
            "uuid": subject_id(self._report, "remediation", finding.fingerprint),
            "lifecycle": "recommendation",
            "title": line(first_sentence(finding.remediation).removesuffix("."), "Change the setting"),
            "description": block(fix.strip()) if fix else line(finding.expected),
        }


def _status(exception: ReportedException) -> str:
    """Return the risk's status; a decision that lacks an owner, an approver or an end is asked for, not taken."""
    return "deviation-approved" if exception.status == "active" else "deviation-requested"
