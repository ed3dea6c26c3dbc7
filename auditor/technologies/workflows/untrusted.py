"""Values of GitHub's contexts that people without write access choose, and the events that fill them.

Source: GitHub documentation, "Script injections" (contexts that end in body, default_branch, email, head_ref, label,
message, name, page_name, ref and title), "Webhook events and payloads" (which event has which object), and "Events that
trigger workflows" (which events run with the base repository's secrets).
"""

from .expressions import ALL_OF

PRIVILEGED = frozenset(
    "commit_comment discussion discussion_comment gollum issue_comment issues pull_request_target workflow_run".split()
)
"""Events that anybody can cause in a public repository and that run with its secrets and its token."""
FROM_FORKS = frozenset("pull_request pull_request_review pull_request_review_comment".split())
"""Events of pull requests; those from forks get no secrets and a token that only reads."""
_PULLS = FROM_FORKS | {"pull_request_target"}
_COMMIT = ("message", "author.email", "author.name", "committer.email", "committer.name")
_HEAD = ("title", "body", "head.ref", "head.label", "head.repo.default_branch", "head.repo.description")
_SOURCES: dict[str, frozenset[str]] = {
    "github.head_ref": frozenset({"pull_request", "pull_request_target"}),
    **{f"github.event.pull_request.{name}": _PULLS for name in _HEAD},
    **{f"github.event.issue.{name}": frozenset({"issues", "issue_comment"}) for name in ("title", "body")},
    "github.event.comment.body": frozenset(
        {"issue_comment", "pull_request_review_comment", "commit_comment", "discussion_comment"}
    ),
    "github.event.review.body": frozenset({"pull_request_review"}),
    **{
        f"github.event.discussion.{name}": frozenset({"discussion", "discussion_comment"}) for name in ("title", "body")
    },
    "github.event.pages.*.page_name": frozenset({"gollum"}),
    **{f"github.event.commits.*.{name}": frozenset({"push"}) for name in _COMMIT},
    **{f"github.event.head_commit.{name}": frozenset({"push"}) for name in _COMMIT},
    **{
        f"github.event.workflow_run.{name}": frozenset({"workflow_run"})
        for name in (
            "head_branch",
            "display_title",
            "head_repository.description",
            *(f"head_commit.{name}" for name in _COMMIT),
        )
    },
}


def events_of(path: str) -> frozenset[str]:
    """Return the events in which an outsider chooses (a part of) the context at `path`, none if nobody does."""
    if path.endswith(ALL_OF):
        above = path.removesuffix(ALL_OF) + "."
        below = [events for source, events in _SOURCES.items() if source.startswith(above)]
        return frozenset[str]().union(*below)
    return _SOURCES.get(path, frozenset())
