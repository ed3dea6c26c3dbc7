"""A workflow runs third parties' code in whatever version a tag names today.

## Why it matters
Tags and branches of a repository can be moved. Who takes over an action's repository, as happened to
tj-actions/changed-files in March 2025, runs code with the secrets of every workflow that names a tag.

## Bad
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: example/upload-action@v2 # <-
```

## Bad: a workflow of another account, and an image
```yaml .github/workflows/build.yml
on: push
jobs:
  scan:
    uses: example/workflows/.github/workflows/scan.yml@main # <-
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker://registry.example.org/tool
```

## Bad: the image that a job runs in
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    container:
      image: registry.example.org/tools/build:latest # <-
    steps:
      - run: make
```

## Good
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: example/upload-action@0123456789abcdef0123456789abcdef01234567
      - uses: docker://alpine@sha256:0000000000000000000000000000000000000000000000000000000000000000
```

## Good: images with a version, or that an expression names
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    container: node:22.11
    services:
      database:
        image: ${{ matrix.database }}
    steps:
      - uses: docker://${{ inputs.tool }}
      - run: make
```

## Good: GitHub's own action, and one of this repository
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - uses: ./.github/actions/build
```

## Good: an action of the account that this repository belongs to
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    if: github.repository == 'clinic/portal'
    runs-on: ubuntu-24.04
    container: ghcr.io/clinic/build:latest
    steps:
      - uses: clinic/build-action@v1
```

## Fix
Name the commit; Dependabot and Renovate keep it up to date:
```yaml
- uses: example/upload-action@0123456789abcdef0123456789abcdef01234567 # v2.1.0
```

## References
- GitHub documentation, "Secure use reference", "Using third-party actions"
- CVE-2025-30066 (tj-actions/changed-files)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Related, check, fail
from auditor.technologies.workflows import ActionReference, GithubJob, GithubWorkflow

from ._common import listed


@check("github-action-unpinned", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=829)
def github_action_unpinned(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    moving = [
        reference
        for job in workflow.jobs
        for reference in _references(job)
        if _is_foreign(workflow, reference) and not reference.is_pinned
    ]
    if moving:
        names = list(dict.fromkeys(reference.shown for reference in moving))
        yield fail(
            f"{listed(names)} {'runs' if len(names) == 1 else 'run'} in whatever version the name stands for at the time",
            at=moving[0].at,
            related=tuple(Related(reference.at, reference.shown) for reference in moving[1:]),
            expected="the full hash of a commit, or an image's digest",
        )


def _references(job: GithubJob) -> Iterator[ActionReference]:
    yield from (each for each in (job.uses, *job.images, *(step.uses for step in job.steps)) if each is not None)


def _is_foreign(workflow: GithubWorkflow, reference: ActionReference) -> bool:
    if reference.is_image:
        path, _, name = reference.shown.lower().rpartition("/")
        is_own = path.rpartition("/")[2] in workflow.owners
        return name.partition(":")[2] in {"", "latest"} and "${{" not in name and not is_own
    return not (reference.is_local or reference.is_by_github or workflow.is_own(reference))
