"""A runner of one's own runs the code of pull requests.

## Why it matters
A runner that is not made new for each job keeps what a job leaves behind, and stands in one's own network. In a public
repository anybody can send it code with a pull request.

## Bad
```yaml .github/workflows/test.yml
on: [push, pull_request]
jobs:
  test:
    runs-on: [self-hosted, linux] # <-
    steps:
      - run: make test
```

## Good
```yaml .github/workflows/test.yml
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
```

## Good: no pull request starts it
```yaml .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: self-hosted
    steps:
      - run: make deploy
```

## Fix
Test pull requests on GitHub's runners, or on ones that are thrown away after each job.
```yaml
runs-on: ubuntu-24.04
```

## References
- GitHub documentation, "Secure use reference", "Hardening for self-hosted runners"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Confidence, Control, Diagnostic, check, fail
from auditor.technologies.workflows import GithubWorkflow

_EVENTS = frozenset({"pull_request", "pull_request_target"})


@check("github-self-hosted-pull-request", severity=MEDIUM, control=Control.CODE_EXECUTION, cwe=829)
def github_self_hosted_pull_request(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    if not _EVENTS & set(workflow.triggers):
        return
    for job in workflow.jobs:
        own = next((label for label in job.runs_on if label.text.lower() == "self-hosted"), None)
        if own is not None and "github.event_name" not in job.condition:
            yield fail(
                f"Job {job.id} runs pull requests on a runner of one's own",
                at=own.at,
                confidence=Confidence.LOW,  # only a public repository lets strangers send pull requests
                key=job.id,
            )
