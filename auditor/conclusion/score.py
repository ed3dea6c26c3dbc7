"""The score: what share of the answers pass, weighted by severity."""

from auditor.model.report import Report
from auditor.model.severity import WEIGHTS
from auditor.records import dataclass

from .answers import Answers


@dataclass(frozen=True)
class Score:
    """Weights earned by answers that pass, of the weights of answers that pass or fail."""

    earned: int
    possible: int

    @property
    def percent(self) -> int | None:
        """The score, rounded down, so that 100 means that nothing failed; None if nothing was tested."""
        return 100 * self.earned // self.possible if self.possible else None


def score(report: Report, answers: Answers) -> Score:
    """Weigh the answers; what was not evaluated or is excepted neither helps nor hurts."""
    weights = {check.id: WEIGHTS[check.severity] for check in report.checks}
    earned = possible = 0
    for result, findings in answers.rows:
        answer = answers.answer(result, findings, "specifications")
        weight = weights.get(result.check_id, 0)
        if answer in {"pass", "fail"}:
            possible += weight
            earned += weight if answer == "pass" else 0
    return Score(earned, possible)
