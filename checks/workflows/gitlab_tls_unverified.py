"""A pipeline fetches code from a server whose certificate it does not check.

## Why it matters
With `GIT_SSL_NO_VERIFY`, or `http.sslVerify` off, whoever stands between runner and server chooses what is built, and
reads the job's token.

## Bad
```yaml .gitlab-ci.yml
variables:
  GIT_SSL_NO_VERIFY: "1" # <-
build:
  script:
    - make
```

## Bad: by a command
```yaml .gitlab-ci.yml
build:
  before_script:
    - git config --global http.sslVerify false # <-
  script:
    - make
```

## Good
```yaml .gitlab-ci.yml
build:
  variables:
    GIT_SSL_CAINFO: /etc/ssl/clinic-ca.pem
  script:
    - git config --global http.sslVerify true
    - make
```

## Good: the job does not take over what is set for all
```yaml .gitlab-ci.yml
variables:
  GIT_SSL_NO_VERIFY: "true"
build:
  inherit:
    variables: false
  script:
    - make
```

## Fix
Trust the issuing authority instead:
```yaml
variables:
  GIT_SSL_CAINFO: /etc/ssl/clinic-ca.pem
```

## References
- git-config(1), http.sslVerify; git(1), GIT_SSL_NO_VERIFY (any value switches verification off)
"""

import re
from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, lazy, not_evaluated
from auditor.technologies.workflows import GitlabPipeline

_CONFIG = lazy(r"\bhttp\.(?:[^\s=]{1,200}\.)?sslverify(?:=|\s+)[\"']?(?:false|0|no|off)\b", re.IGNORECASE)


@check("gitlab-tls-unverified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def gitlab_tls_unverified(pipeline: GitlabPipeline) -> Iterator[Diagnostic]:
    for who, variable in pipeline.variables_in_force("GIT_SSL_NO_VERIFY"):
        if variable.value and variable.value.lower() not in {"false", "0", "no", "off"}:
            yield fail(f"The certificate of the git server is not checked in {who}", at=variable.at, key=who)
    seen = {
        line.at: job.name
        for job in pipeline.jobs
        for line in job.scripts
        if "git" in line.text and _CONFIG.search(line.text)
    }
    for at, name in seen.items():
        yield fail(f"Job {name} switches git's check of certificates off", at=at, key=name)
    if pipeline.gaps:
        yield not_evaluated(pipeline.gaps)
