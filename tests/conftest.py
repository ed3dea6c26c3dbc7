"""AUDITOR_REQUIRE_SERVERS=1 says that this machine has every server and the browser: no test is skipped for the want of one."""

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

# How long one example may take says more of the machine's other work than of ours.
settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

_NEEDING_PROGRAMS = ("server", "browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a test that needs a program or its files into a failure where they must be there."""
    report = yield
    required = os.environ.get("AUDITOR_REQUIRE_SERVERS") == "1"
    if required and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else "skipped"
        if "not installed" not in reason and not any(item.get_closest_marker(name) for name in _NEEDING_PROGRAMS):
            return report
        report.outcome = "failed"
        report.longrepr = f"AUDITOR_REQUIRE_SERVERS=1, but: {reason}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show how many generated cases hit each trap of the comparisons with real servers, and what was measured."""
    reports = [report for key in ("passed", "failed") for report in terminalreporter.getreports(key)]
    properties = [item for report in reports for item in getattr(report, "user_properties", ())]
    for kind, title in (("traps", "compared with real servers"), ("measured", "measured in the browser")):
        lines = [value for name, value in properties if name == kind]
        if lines:
            terminalreporter.section(title)
            for line in sorted(lines):
                terminalreporter.write_line(str(line))
