"""Everything the HTML templates show, put in order before they see it."""

from typing import Any

from auditor.model.report import Report
from auditor.model.severity import WEIGHTS

from . import html_charts, html_evidence, html_findings, html_scope, json_report, view


def context(report: Report) -> dict[str, Any]:
    """Return the variables of the templates; a pure function of the report."""
    facets = html_findings.facets(report)
    heat = html_charts.heat_map(report)
    return {
        "report": report,
        "name": report.cover.system or ", ".join(report.scan.targets),
        "limits": view.LIMITS,
        "result_digest": json_report.digest(report),
        "weights": ", ".join(f"{severity} {weight}" for severity, weight in WEIGHTS.items()),
        "severities": view.SEVERITIES,
        "diagnostic_kinds": view.DIAGNOSTIC_KINDS,
        "open_count": sum(finding.status == "open" for finding in report.findings),
        "category_titles": {category.id: category.title for category in report.categories},
        "severity_bars": html_charts.severity_bars(report),
        "category_bars": html_charts.category_bars(heat),
        "coverage_bar": html_charts.coverage_bar(report),
        "matrix_bar": html_charts.matrix_bar(report),
        "heat": heat,
        "changes": html_evidence.changes(report),
        "priorities": html_findings.priorities(report),
        "files": html_scope.listed_files(report),
        "skipped": html_scope.skipped_files(report),
        "judged": html_scope.judged(report),
        "matrix_sections": html_evidence.matrix_sections(report),
        "matrix_counts": html_evidence.matrix_counts(report),
        "facets": facets,
        "groups": html_findings.groups(report, facets),
        "finding_statuses": html_findings.STATUSES,
        "set_aside_count": len(view.set_aside(report)),
        "exemptions": html_evidence.exemptions(report),
        "plans": html_evidence.plans(report),
        "trend": report.trend,
        "chart": html_charts.trend_chart(report.trend) if report.trend else None,
        "trend_size": (html_charts.TREND_WIDTH, html_charts.TREND_HEIGHT),
        "paragraphs_not_assessed": html_evidence.not_assessed(report.matrix),
        "unevaluated": view.not_evaluated(report.results),
    }
