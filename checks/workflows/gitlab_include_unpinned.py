"""A pipeline includes configuration that others can change.

## Why it matters
An included file is part of the pipeline: it gets the variables and the token of every job. Over `http` anybody on the
way can replace it, and from a foreign address its owner can, at any time.

## Bad
```yaml .gitlab-ci.yml
include:
  - remote: http://ci.example.org/templates/build.yml # <-
build:
  script: [make]
```

## Bad: a foreign file without a checksum
```yaml .gitlab-ci.yml
include: https://ci.example.org/templates/build.yml # <-
build:
  script: [make]
```

## Bad: a component in its latest version
```yaml .gitlab-ci.yml
include:
  - component: gitlab.example.org/tools/scan@~latest # <-
build:
  script: [make]
```

## Good
```yaml .gitlab-ci.yml
include:
  - remote: https://ci.example.org/templates/build.yml
    integrity: sha256-L3/GAoKaw0Arw6hDCKeKQlV1QPEgHYxGBHsH4zG1IY8=
  - project: clinic/ci
    ref: v2.1.0
    file: /build.yml
  - component: gitlab.example.org/tools/scan@1.4.2
build:
  script: [make]
```

## Fix
```yaml
include:
  - remote: https://ci.example.org/templates/build.yml
    integrity: sha256-…
```

## References
- GitLab documentation 17, "CI/CD YAML syntax reference", include:remote, include:integrity, include:component
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Severity, check, fail
from auditor.technologies.workflows import GitlabInclude, GitlabPipeline


@check("gitlab-include-unpinned", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=829)
def gitlab_include_unpinned(pipeline: GitlabPipeline) -> Iterator[Diagnostic]:
    for include in pipeline.includes:
        found = _weakness(include)
        if found is not None:
            problem, severity = found
            yield fail(f"An included file {problem}", at=include.at, severity=severity, key=include.text)


def _weakness(include: GitlabInclude) -> tuple[str, Severity] | None:
    if include.kind == "remote" and include.text.lower().startswith("http://"):
        return "comes over http, where anybody on the way can change it", HIGH
    if include.kind == "remote" and not include.has_checksum:
        return "comes from another server without a checksum", MEDIUM
    version = include.text.rpartition("@")[2]
    if include.kind == "component" and version in {"~latest", "main", "master"}:
        return f"is a component in its version {version}, which its owner can change", MEDIUM
    return None
