r"""A workflow with the repository's secrets runs the code of a stranger's pull request.

## Why it matters
`pull_request_target`, `workflow_run` and `issue_comment` run with the repository's secrets and a token that can write,
whoever caused them. Where such a job checks out the pull request and then builds or tests it, the author of the pull
request decides what is run: secrets leave, and changes come in, without anybody having approved anything.

## Bad
```yaml .github/workflows/preview.yml
on: pull_request_target
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5 # <-
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: npm ci && npm run build
```

## Bad: by the number of the pull request, on a comment
```yaml .github/workflows/deploy.yml
on: issue_comment
jobs:
  build:
    if: contains(github.event.comment.body, '/deploy')
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - run: | # <-
          gh pr checkout ${{ github.event.issue.number }}
          make deploy
```

## Good: the event gives a pull request of a fork neither secrets nor a token that writes
```yaml .github/workflows/preview.yml
on: pull_request
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: npm ci && npm run build
```

## Good: the base branch is checked out
```yaml .github/workflows/label.yml
on: pull_request_target
jobs:
  label:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - run: ./scripts/label.sh
```

## Good: only branches of this repository
```yaml .github/workflows/preview.yml
on: pull_request_target
jobs:
  build:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: npm ci && npm run build
```

## Good: only pull requests that Dependabot opened, which are branches of this repository
```yaml .github/workflows/generate.yml
on: pull_request_target
jobs:
  generate:
    if: github.event.pull_request.user.login == 'dependabot[bot]'
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
        with:
          ref: ${{ github.head_ref }}
      - run: make generate
```

## Bad: the bot caused the latest event, which a stranger can make it do
```yaml .github/workflows/generate.yml
on: pull_request_target
jobs:
  generate:
    if: github.actor == 'dependabot[bot]'
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5 # <-
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: make generate
```

## Fix
Build pull requests on `pull_request`, and do what needs secrets in a second workflow that runs nothing of theirs:
```yaml
on: pull_request
```

## References
- GitHub documentation, "Events that trigger workflows", "pull_request_target"
- GitHub Security Lab, "Keeping your GitHub Actions and workflows secure, part 1: Preventing pwn requests"
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, MEDIUM, Confidence, Control, Diagnostic, Location, Severity, check, fail, lazy
from auditor.technologies.workflows import GithubJob, GithubStep, GithubWorkflow, Places, expressions_in

from ._common import events_reaching, keeps_strangers_out

_EVENTS = frozenset({"pull_request_target", "workflow_run", "issue_comment"})
_STRANGERS = lazy(
    r"github\.head_ref|github\.event\.pull_request\.(?:head\..+|merge_commit_sha)"
    r"|github\.event\.workflow_run\.(?:head_(?:sha|branch|commit\.id|repository\..+)|pull_requests\..+\.head\..+)"
)
_BY_NUMBER = lazy(r"refs/pull/\s*\$\{\{")
_COMMANDS = lazy(r"\bgh pr checkout\b|\bgit (?:fetch|pull)\b[^\n]{0,500}\bpull/[^\s/]{1,100}/(?:head|merge)")


@check(
    "github-untrusted-checkout",
    severity=CRITICAL,
    control=Control.CODE_EXECUTION,
    also=(Control.SUPPLY_CHAIN,),
    cwe=829,
)
def github_untrusted_checkout(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    for job in workflow.jobs:
        for index, step in enumerate(job.steps):
            events = events_reaching(workflow, job, step) & _EVENTS
            at = _checks_out(step) if events and not keeps_strangers_out(job, step) else None
            severity = _severity(job, index) if at is not None else None
            if at is None or severity is None:
                continue
            is_plain = not job.condition and not step.condition and not step.input("path")
            confidence = Confidence.HIGH if is_plain else Confidence.MEDIUM
            if _is_approved(job, step):
                confidence = Confidence.LOW
            yield fail(
                f"Job {job.id} checks out a stranger's code on {min(events)} and goes on with it",
                at=at,
                severity=severity,
                confidence=confidence,
                key=f"{job.id}/{step.label}",
                expected="on: pull_request, which gives forks no secrets",
            )


def _checks_out(step: GithubStep) -> Location | None:
    """Return where the step takes over the code of a pull request, None if it does not."""
    if step.is_of("actions/checkout"):
        for name in ("ref", "repository"):
            given = step.inputs.get(name)
            if given is None:
                continue
            flows = {path for expression in expressions_in(given) for path in expression.flows}
            if _BY_NUMBER.search(given.text) or any(_STRANGERS.fullmatch(path) for path in flows):
                return step.at
    found = _COMMANDS.search(step.run.text) if step.run is not None else None
    if step.run is None or found is None:
        return None
    return step.at if not step.run.exact else _line_before(Places(step.run).at(0, 1))


def _is_approved(job: GithubJob, step: GithubStep) -> bool:
    """Tell whether somebody may have looked first at just this commit: by a label, or for the job's environment."""
    is_one_commit = step.input("ref").rstrip(" }").endswith((".head.sha", ".head_sha"))
    return is_one_commit and (job.has_environment or "github.event.label.name" in f"{job.condition} {step.condition}")


def _line_before(at: Location) -> Location:
    """Return the line of a block's key."""
    return Location(at.path, at.line - 1)


def _severity(job: GithubJob, index: int) -> Severity | None:
    """Return how bad it is by what follows in the job, None if nothing does."""
    after = job.steps[index + 1 :] if job.steps[index].run is None else job.steps[index:]
    if not after:
        return None
    if not any(step.run is not None or (step.uses is not None and step.uses.is_local) for step in after):
        return MEDIUM
    return HIGH if job.permissions is not None and not job.permissions.can_write else CRITICAL
