"""A workflow leaves open what its token may do.

## Why it matters
Without `permissions`, the setting of the repository or organisation decides, which no file shows. In organisations and
repositories made before February 2023 it lets the token write everything, unless somebody has changed it since.

## Bad
```yaml .github/workflows/build.yml
on: push # <-
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Bad: one job without
```yaml .github/workflows/build.yml
on: push # <-
jobs:
  build:
    permissions:
      contents: read
    runs-on: ubuntu-24.04
    steps:
      - run: make
  publish:
    runs-on: ubuntu-24.04
    steps:
      - run: make publish
```

## Good
```yaml .github/workflows/build.yml
on: push
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good: at the job
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    permissions: {}
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good: it gets what its caller has
```yaml .github/workflows/build.yml
on: workflow_call
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Fix
```yaml
permissions:
  contents: read
```

## References
- GitHub documentation, "Workflow syntax for GitHub Actions", "permissions"
- GitHub changelog, 2 February 2023, "GitHub Actions: Updating the default GITHUB_TOKEN permissions to read-only"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Confidence, Control, Diagnostic, check, fail
from auditor.technologies.workflows import GithubWorkflow

from ._common import listed


@check("github-token-permissions-absent", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=276)
def github_token_permissions_absent(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    if workflow.is_action or set(workflow.triggers) <= {"workflow_call"}:
        return
    jobs = [job.id for job in workflow.jobs if job.permissions is None]
    if jobs:
        yield fail(
            f"The repository's default decides what the token of {'job' if len(jobs) == 1 else 'jobs'} {listed(jobs)} may do",
            confidence=Confidence.LOW,
            expected="permissions: contents: read",
        )
