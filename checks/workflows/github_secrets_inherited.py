"""A called workflow gets every secret there is.

## Why it matters
`secrets: inherit` hands all secrets of the repository, its organisation and its environment to the called workflow and
the actions it runs, most of which need one or none of them.

## Bad
```yaml .github/workflows/build.yml
on: push
jobs:
  scan:
    uses: example/workflows/.github/workflows/scan.yml@0123456789abcdef0123456789abcdef01234567
    secrets: inherit # <-
```

## Bad: of this repository, from two jobs
```yaml .github/workflows/build.yml
on: push
jobs:
  north:
    uses: ./.github/workflows/deploy.yml
    secrets: inherit # <-
  south:
    uses: ./.github/workflows/deploy.yml
    secrets: inherit
```

## Good
```yaml .github/workflows/build.yml
on: push
jobs:
  scan:
    uses: example/workflows/.github/workflows/scan.yml@0123456789abcdef0123456789abcdef01234567
    secrets:
      scan-token: ${{ secrets.SCAN_TOKEN }}
```

## Good: a variable that is called so
```yaml .github/workflows/build.yml
on: push
jobs:
  scan:
    uses: ./.github/workflows/scan.yml
    with:
      secrets: inherit
```

## Fix
```yaml
secrets:
  scan-token: ${{ secrets.SCAN_TOKEN }}
```

## References
- GitHub documentation, "Workflow syntax for GitHub Actions", "jobs.<job_id>.secrets.inherit"
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.workflows import GithubJob, GithubWorkflow

from ._common import listed


@check("github-secrets-inherited", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=522)
def github_secrets_inherited(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    called: dict[str, list[GithubJob]] = {}
    for job in workflow.jobs:
        if job.inherits_secrets is not None and job.uses is not None:
            called.setdefault(job.uses.text, []).append(job)
    for text, jobs in called.items():
        uses = jobs[0].uses
        is_own = uses is not None and (uses.is_local or workflow.is_own(uses))
        yield fail(
            f"{text} gets every secret of the repository from {listed(job.id for job in jobs)}",
            at=jobs[0].inherits_secrets,
            severity=LOW if is_own else MEDIUM,
            key=text,
            expected="the secrets that it needs, by name",
        )
