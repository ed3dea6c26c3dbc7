"""An artifact holds the token that the checkout left in the workspace.

## Why it matters
Up to version 5, `actions/checkout` writes the job's token into `.git/config`. An artifact of the whole workspace with
its hidden files carries it, and everybody who may read the repository can download it while the job still runs.

## Bad
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: make
      - uses: actions/upload-artifact@v4 # <-
        with:
          path: .
          include-hidden-files: true
```

## Bad: a version that still takes hidden files
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4.1.0
      - uses: actions/upload-artifact@v4.3.6 # <-
        with:
          path: |
            ./
            !node_modules
```

## Bad: the first release that is not refused yet
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: actions/upload-artifact@v4.0.0 # <-
        with:
          path: .
```

## Good
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/upload-artifact@v4
        with:
          path: .
          include-hidden-files: true
```

## Good: hidden files stay out unless they are asked for
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: actions/upload-artifact@v4
        with:
          path: .
```

## Good: the token is kept elsewhere
```yaml .github/workflows/build.yml
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
      - uses: actions/upload-artifact@v4
        with:
          path: .
          include-hidden-files: true
```

## Fix
```yaml
- uses: actions/checkout@v5
  with:
    persist-credentials: false
```

## References
- actions/checkout, README of versions 4 and 6 (persist-credentials)
- actions/upload-artifact, release notes of 4.4.0 (hidden files)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, lazy, not_evaluated
from auditor.technologies.workflows import GithubStep, GithubWorkflow

_WORKSPACE = lazy(r"(?:\$\{\{ *github\.workspace *\}\}|\.)?/?(?:\*\*?(?:/\*)?)?|(?:\./)?\.git(?:/.*)?")
_VERSION = lazy(r"v([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.[0-9]+)?")


@check("github-checkout-token-kept", severity=MEDIUM, control=Control.PLAINTEXT_SECRET, cwe=522)
def github_checkout_token_kept(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    for job in workflow.jobs:
        checkout: GithubStep | None = None
        for step in job.steps:
            if step.is_of("actions/checkout") and step.input("persist-credentials").lower() != "false":
                checkout = step
            if checkout is None or not step.is_of("actions/upload-artifact") or not _takes_hidden_workspace(step):
                continue
            version = _version(checkout)
            if version is None:
                yield not_evaluated("the version of actions/checkout is not told by its commit")
            elif version < (6, 0):
                yield fail(
                    f"Job {job.id} uploads the workspace with the token in .git/config",
                    at=step.at,
                    key=f"{job.id}/{step.label}",
                    expected="persist-credentials: false",
                )


def _takes_hidden_workspace(step: GithubStep) -> bool:
    paths = [line.strip() for line in step.input("path").split("\n")]
    if not any(path and _WORKSPACE.fullmatch(path) for path in paths) or "!.git" in paths:
        return False
    version = _version(step)
    return step.input("include-hidden-files").lower() == "true" or (version is not None and (4, 0) <= version < (4, 4))


def _version(step: GithubStep) -> tuple[int, int] | None:
    """Return the version that a tag names; a bare major version is the newest of it."""
    match = _VERSION.fullmatch(step.uses.ref) if step.uses is not None else None
    return (int(match[1]), int(match[2]) if match[2] is not None else 99) if match is not None else None
