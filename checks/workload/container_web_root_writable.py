"""A web server may change the pages that it serves.

## Why it matters
A web server of static pages only reads them. If it may also write to them, a hole in it or in one of its modules is
enough to put malware or a false log-in page where visitors expect the clinic's; where PHP runs, a script put there runs
on the server.

## Bad
```yaml compose.yaml
services:
  web:
    image: nginx:1.27
    volumes:
      - ./pages:/usr/share/nginx/html # <-
```

## Bad: PHP
```yaml compose.yaml
services:
  web:
    image: php:8.3-apache
    volumes:
      - ./src:/var/www/html # <-
```

## Bad: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: httpd:2.4
      volumeMounts:
        - {name: pages, mountPath: /usr/local/apache2/htdocs} # <-
  volumes:
    - name: pages
      persistentVolumeClaim: {claimName: pages}
```

## Good
```yaml compose.yaml
services:
  web:
    image: nginx:1.27
    volumes:
      - ./pages:/usr/share/nginx/html:ro
```

## Good: a folder for uploads, and the pages are in the image
```yaml compose.yaml
services:
  web:
    image: nginx:1.27
    volumes:
      - uploads:/usr/share/nginx/html/uploads
volumes:
  uploads: {}
```

## Good: Kubernetes, from a ConfigMap
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - {name: pages, mountPath: /usr/share/nginx/html}
  volumes:
    - name: pages
      configMap: {name: pages}
```

## Fix
```yaml
volumes:
  - ./pages:/usr/share/nginx/html:ro
```

## References
- Docker Official Images: https://hub.docker.com/_/nginx (Hosting some simple static content), https://hub.docker.com/_/httpd, https://hub.docker.com/_/php (Apache variants)
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, MountKind, Workload, check, fail, not_evaluated

from ._common import runs

_ROOTS = {
    "nginx": "/usr/share/nginx/html",
    "nginx-unprivileged": "/usr/share/nginx/html",
    "httpd": "/usr/local/apache2/htdocs",
    "caddy": "/usr/share/caddy",
    "php": "/var/www/html",
}
_KEPT = frozenset({MountKind.BIND, MountKind.VOLUME})


@check(
    "container-web-root-writable",
    severity=MEDIUM,
    control=Control.MALICIOUS_UPLOAD,
    also=(Control.INTEGRITY,),
    cwe=732,
)
def container_web_root_writable(workload: Workload) -> Iterator[Diagnostic]:
    name = workload.image_name or ""
    root = _ROOTS.get(name)
    with_scripts = name == "php"
    if root is None or not runs(workload) or (with_scripts and "apache" not in (workload.image_tag or "")):
        return
    for mount in workload.mounts:
        if mount.kind not in _KEPT or mount.read_only or mount.target.rstrip("/") != root:
            continue
        if workload.templated:
            yield not_evaluated("template expressions may make the mount read-only")
            continue
        yield fail(
            f"Container {workload.name} may write to {root}, which it serves",
            at=mount.at,
            severity=MEDIUM if with_scripts else LOW,
            key=root,
            expected="a mount that is read-only",
        )
