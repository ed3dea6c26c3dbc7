"""The two layouts of a hazard file: headings, words for the status, and the vocabulary of hazard types."""

from collections.abc import Mapping
from typing import Final, Literal

from auditor.records import dataclass

StyleName = Literal["dcsp", "quill"]


@dataclass(frozen=True)
class Style:
    """How a hazard file is written. `types` gives the hazard types of each category of 45 CFR 164.304."""

    heading: str
    rule: str
    open_status: str
    types: Mapping[str, tuple[str, ...]]
    causes: str = "Causes"
    hazard_controls: str = "Hazard controls"

    def title(self, name: str) -> str:
        """Return the heading as this layout words it."""
        return {"Causes": self.causes, "Hazard controls": self.hazard_controls}.get(name, name)


_STRICT: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("access", "authentication", "password", "confidentiality", "encryption"), ("DataBreach",)),
    "integrity": ("CorruptedData", "DataLoss"),
    "availability": ("NoAccessToData", "SystemUnavailable", "SystemCrash"),
    "malicious-software": ("SystemCrash", "CorruptedData"),
    "security-incident": ("GeneralHazard",),
}
_EXTENDED: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("access", "authentication", "password", "confidentiality", "encryption"), ("UnauthorizedAccess", "DataBreach")
    ),
    "integrity": ("CorruptedData", "DataLoss", "IncorrectResult"),
    "availability": ("Unavailable", "Delayed"),
    "malicious-software": ("UnauthorizedAccess", "Unavailable"),
    "security-incident": ("UnauthorizedAccess", "IncompleteInformation"),
}
STYLES: Final[Mapping[StyleName, Style]] = {
    "dcsp": Style(
        heading="###",
        rule="-----",
        open_status="open",
        types=_STRICT,
        causes="Cause(s)",
        hazard_controls="New hazard controls",
    ),
    "quill": Style(heading="##", rule="---", open_status="Open", types=_EXTENDED),
}

LIKELIHOODS: Final = ("Very low", "Low", "Medium", "High", "Very high")
SEVERITIES: Final = ("Minor", "Significant", "Considerable", "Major", "Catastrophic")
_RISKS: Final = (
    (1, 1, 2, 2, 3),
    (1, 2, 2, 3, 4),
    (2, 2, 3, 3, 4),
    (2, 3, 3, 4, 5),
    (3, 4, 4, 5, 5),
)
"""Risk by likelihood (rows) and severity (columns), each from 1; the matrix of NHS Digital's UK Core hazard log."""


def risk(likelihood: int, severity: int) -> int:
    """Return the risk, 1 (acceptable) to 5 (unacceptable), of scores from 1 to 5."""
    return _RISKS[likelihood - 1][severity - 1]
