"""What several checks of pipelines ask: which events reach a step, and which conditions keep strangers out."""

from collections.abc import Iterable

from auditor.api import lazy
from auditor.technologies.workflows import GithubJob, GithubStep, GithubWorkflow

_EVENT = lazy(r"github\.event_name (?P<operator>==|!=) '(?P<event>\w+)'")
_OWN_BRANCHES = lazy(
    r"head\.repo\.full_name == github\.repository|github\.repository == github\.event\.pull_request\.head\.repo\.full_name"
    r"|!\s?github\.event\.pull_request\.head\.repo\.fork|head\.repo\.fork (?:== false|!= true)"
    r"|head\.repo\.owner\.login == github\.repository_owner|workflow_run\.head_repository\.full_name == github\.repository"
    r"|workflow_run\.event (?:== 'push'|!= 'pull_request')|author_association"
    # Who opened it, and so whose branch it is; github.actor is whoever caused the latest event.
    r"|github\.event\.pull_request\.user\.login == '(?:dependabot|renovate)\[bot\]'"
)


def events_reaching(workflow: GithubWorkflow, job: GithubJob, step: GithubStep) -> frozenset[str]:
    """Return the events in which the step runs, as far as its and its job's conditions name events plainly."""
    events = frozenset(workflow.triggers)
    for condition in (job.condition, step.condition):
        if "||" in condition:
            continue
        for match in _EVENT.finditer(condition):
            events = events & {match["event"]} if match["operator"] == "==" else events - {match["event"]}
    return events


def keeps_strangers_out(job: GithubJob, step: GithubStep) -> bool:
    """Tell whether a condition lets only the repository's own branches, or its own people, start the step."""
    return any("||" not in text and _OWN_BRANCHES.search(text) for text in (job.condition, step.condition))


def listed(names: Iterable[str], most: int = 3) -> str:
    """Return the first names and how many more there are."""
    found = list(dict.fromkeys(names))
    more = len(found) - most
    return ", ".join(found[:most]) + (f" and {more} more" if more > 0 else "")
