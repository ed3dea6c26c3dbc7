"""A job talks to its Docker daemon without TLS.

## Why it matters
Whoever reaches port 2375 of the daemon is root in it, and in a runner with privileged containers root on the host. The
daemon of docker:dind asks nobody who he is unless it has TLS.

## Bad
```yaml .gitlab-ci.yml
build:
  image: docker:27
  services:
    - docker:27-dind
  variables:
    DOCKER_TLS_CERTDIR: "" # <-
  script:
    - docker build .
```

## Bad: for all jobs
```yaml .gitlab-ci.yml
default:
  services:
    - name: docker:27-dind
      alias: docker
variables:
  DOCKER_HOST: tcp://docker:2375 # <-
build:
  script:
    - docker build .
```

## Good
```yaml .gitlab-ci.yml
build:
  image: docker:27
  services:
    - docker:27-dind
  variables:
    DOCKER_HOST: tcp://docker:2376
    DOCKER_TLS_CERTDIR: /certs
  script:
    - docker build .
```

## Good: no daemon is started
```yaml .gitlab-ci.yml
variables:
  DOCKER_TLS_CERTDIR: ""
test:
  services:
    - postgres:16
  script:
    - make test
```

## Fix
```yaml
variables:
  DOCKER_TLS_CERTDIR: /certs
```

## References
- GitLab documentation 17, "Use Docker to build Docker images", "Docker-in-Docker with TLS enabled"
- Official image docker, DOCKER_TLS_CERTDIR (19.03 and later)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Location, check, fail, known, not_evaluated
from auditor.technologies.workflows import GitlabJob, GitlabPipeline

from ._common import listed


@check(
    "gitlab-docker-without-tls",
    severity=MEDIUM,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=319,
)
def gitlab_docker_without_tls(pipeline: GitlabPipeline) -> Iterator[Diagnostic]:
    found: dict[Location, list[str]] = {}
    for job in pipeline.jobs:
        at = _without_tls(job)
        if at is not None:
            found.setdefault(at, []).append(job.name)
    for at, names in found.items():
        yield fail(
            f"{'Job' if len(names) == 1 else 'Jobs'} {listed(names)}: the Docker daemon takes commands without TLS",
            at=at,
            key="/".join(names),
            expected="DOCKER_TLS_CERTDIR: /certs",
        )
    if pipeline.gaps:
        yield not_evaluated(pipeline.gaps)


def _without_tls(job: GitlabJob) -> Location | None:
    if not any("dind" in known(service.value) for service in job.services):
        return None
    for service in job.services:
        if "--tls=false" in known(service.value):
            return service.at
    host, folder = job.variables.get("DOCKER_HOST"), job.variables.get("DOCKER_TLS_CERTDIR")
    if folder is not None and folder.value == "":
        return folder.at
    if host is not None and host.value.startswith("tcp://") and host.value.rstrip("/").endswith(":2375"):
        return host.at
    return None
