"""A job's artifacts are never deleted.

## Why it matters
What is kept without end is there to be taken when an account or a runner is lost years later. Without `expire_in` the
server's default applies, 30 days as delivered; `never` switches it off.

## Bad
```yaml .gitlab-ci.yml
report:
  script: [make report]
  artifacts:
    paths: [reports/]
    expire_in: never # <-
```

## Bad: by a reference
```yaml .gitlab-ci.yml
.kept:
  artifacts:
    paths: [reports/]
    expire_in: Never # <-
report:
  script: [make report]
  artifacts: !reference [.kept, artifacts]
```

## Good
```yaml .gitlab-ci.yml
.kept:
  artifacts:
    paths: [reports/]
    expire_in: never
report:
  extends: .kept
  script: [make report]
  artifacts:
    expire_in: 1 week
```

## Good: the server's default
```yaml .gitlab-ci.yml
report:
  script: [make report]
  artifacts:
    paths: [reports/]
```

## Fix
```yaml
artifacts:
  expire_in: 1 week
```

## References
- GitLab documentation 17, "CI/CD YAML syntax reference", artifacts:expire_in
- GitLab documentation 17, "CI/CD settings", "Default artifacts expiration"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Location, check, fail, known
from auditor.technologies.workflows import GitlabPipeline

from ._common import listed


@check("gitlab-artifact-kept-forever", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=552)
def gitlab_artifact_kept_forever(pipeline: GitlabPipeline) -> Iterator[Diagnostic]:
    kept: dict[Location, list[str]] = {}
    for job in pipeline.jobs:
        expires = job.artifacts.expires if job.artifacts is not None else None
        if expires is not None and known(expires.value).strip().lower() == "never":
            kept.setdefault(expires.at, []).append(job.name)
    for at, names in kept.items():
        yield fail(f"The artifacts of {listed(names)} are kept forever", at=at, key="/".join(names))
