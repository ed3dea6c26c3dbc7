"""A job keeps secrets or data as artifacts.

## Why it matters
Artifacts can be downloaded by everybody who may see the pipeline, in a public project by everybody. An `.env` file, a
private key or a dump of a database does not belong there.

## Bad
```yaml .gitlab-ci.yml
dump:
  script:
    - make dump
  artifacts:
    paths:
      - backup/patients.sql.gz # <-
    expire_in: 1 week
```

## Bad: by default for all jobs
```yaml .gitlab-ci.yml
default:
  artifacts:
    paths: [.env] # <-
test:
  script:
    - make test
```

## Bad: whatever git does not know
```yaml .gitlab-ci.yml
build:
  script: [make]
  artifacts:
    untracked: true # <-
```

## Bad: a cache, which jobs of other branches get
```yaml .gitlab-ci.yml
test:
  script: make test
  cache:
    key: patients
    paths:
      - node_modules/
      - fixtures/patients.sql.gz # <-
```

## Good
```yaml .gitlab-ci.yml
build:
  script: [make]
  artifacts:
    paths:
      - dist/
      - .env.example
      - schema/tables.sql.md
    exclude:
      - dist/.env
    expire_in: 1 week
```

## Good: variables for later jobs are a report of their own
```yaml .gitlab-ci.yml
build:
  script: [make]
  artifacts:
    reports:
      dotenv: build.env
```

## Fix
```yaml
artifacts:
  paths: [dist/]
  exclude: ["**/.env"]
```

## References
- GitLab documentation 17, "CI/CD YAML syntax reference", artifacts:paths, artifacts:exclude, artifacts:access
"""

import re
from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, Location, check, fail, known, lazy
from auditor.technologies.workflows import GitlabJob, GitlabPipeline

_SENSITIVE = lazy(
    r"(?:^|.*/)(?:\.env(?:\.(?!example|sample|template|dist)[\w-]+)?|id_(?:rsa|ed25519|ecdsa)|\.npmrc|\.netrc|\.pgpass|kubeconfig"
    r"|[^/]*\.(?:pem|key|p12|pfx|jks|kdbx|tfstate|dump|sql|bak)(?:\.(?:gz|bz2|xz|zst|zip))?)"
)
_PUBLIC = lazy(
    r"(?:^|.*/)(?:[^/]*(?:cert|chain|ca|public|schema|migration)[^/]*\.(?:pem|sql)|migrations?/.*)", re.IGNORECASE
)


@check(
    "gitlab-artifact-sensitive",
    severity=MEDIUM,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.PHI_EXPOSURE,),
    cwe=552,
)
def gitlab_artifact_sensitive(pipeline: GitlabPipeline) -> Iterator[Diagnostic]:
    seen: set[Location] = set()
    for job in pipeline.jobs:
        is_limited = job.artifacts is not None and job.artifacts.access != "all"
        kept = [(what, at, "as an artifact", LOW if is_limited else MEDIUM) for what, at in _kept(job)]
        kept += [(what, at, "in a cache", LOW) for what, at in _cached(job)]
        for what, at, where, severity in kept:
            if at not in seen:
                seen.add(at)
                yield fail(f"Job {job.name} keeps {what} {where}", at=at, severity=severity, key=f"{job.name}/{what}")


def _kept(job: GitlabJob) -> Iterator[tuple[str, Location]]:
    if job.artifacts is None:
        return
    if job.artifacts.untracked is not None and not any(".env" in pattern for pattern in job.artifacts.excluded):
        yield "every file that git does not know", job.artifacts.untracked
    for path in job.artifacts.paths:
        text = known(path.value)
        if _is_sensitive(text) and text not in job.artifacts.excluded:
            yield text, path.at


def _cached(job: GitlabJob) -> Iterator[tuple[str, Location]]:
    for path in job.cached:
        text = known(path.value)
        if _is_sensitive(text):
            yield text, path.at


def _is_sensitive(path: str) -> bool:
    return _SENSITIVE.fullmatch(path) is not None and _PUBLIC.fullmatch(path) is None
