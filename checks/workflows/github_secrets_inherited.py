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
from auditor.technologies.workflows import GithubWorkflow


@check("github-secrets-inherited", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=522)
def github_secrets_inherited(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    for job in workflow.jobs:
        if job.inherits_secrets is not None and job.uses is not None:
            yield fail(
                f"Job {job.id} hands every secret of the repository to {job.uses.text}",
                at=job.inherits_secrets,
                severity=LOW if job.uses.is_local or workflow.is_own(job.uses) else MEDIUM,
                key=job.id,
                expected="the secrets that it needs, by name",
            )
