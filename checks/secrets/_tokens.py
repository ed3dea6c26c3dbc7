"""What the checks of JSON Web Tokens have in common."""

from auditor.api import FileRole, Severity, WebToken


def weighed(token: WebToken, severity: Severity) -> Severity:
    """Return the severity, a step lower for a token of an example or of tests."""
    return severity.lowered(1) if token.is_documentation or token.role is not FileRole.LIVE else severity
