"""A workflow's token may write everywhere in the repository.

## Why it matters
Every action and every script of the job gets the token: with `write-all`, one taken-over dependency can push code,
publish releases and packages, and approve pull requests.

## Bad
```yaml .github/workflows/build.yml
on: push
permissions: write-all # <-
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Bad: for one job
```yaml .github/workflows/build.yml
on: push
permissions: {}
jobs:
  build:
    permissions: write-all # <-
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good: one scope
```yaml .github/workflows/build.yml
on: push
permissions: {}
jobs:
  build:
    permissions:
      packages: write
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good: every job has its own
```yaml .github/workflows/build.yml
on: push
permissions: write-all
jobs:
  build:
    permissions: read-all
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Fix
Give each job the scopes it needs; those that are not named are then off:
```yaml
permissions:
  contents: read
```

## References
- GitHub documentation, "Workflow syntax for GitHub Actions", "permissions"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.workflows import GithubWorkflow

from ._common import listed


@check("github-token-write-all", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=250)
def github_token_write_all(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    wide = {
        job.permissions.at: job.permissions for job in workflow.jobs if job.permissions and job.permissions.is_write_all
    }
    for at in sorted(wide):
        jobs = [job.id for job in workflow.jobs if job.permissions is wide[at]]
        yield fail(
            f"The token of {'job' if len(jobs) == 1 else 'jobs'} {listed(jobs)} may write everything in the repository",
            at=at,
            key="/".join(jobs),
            expected="permissions: {} and the scopes that the job needs",
        )
