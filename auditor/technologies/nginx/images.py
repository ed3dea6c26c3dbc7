"""What the published images of nginx start with.

Read in nginx/docker-nginx (Dockerfile, 10- to 30- scripts, 1.19-1.29), nginx/docker-nginx-unprivileged,
bitnami/containers (nginx 1.25-1.29) and openresty/docker-openresty (1.21-1.27).
"""

from dataclasses import dataclass

from auditor.model.workload import Workload
from auditor.technologies.program import Program, Start, start_of

NAMES = frozenset({"nginx", "nginx-debug", "openresty"})
_ENTRYPOINTS = frozenset({"docker-entrypoint.sh", "entrypoint.sh", "run.sh"})


@dataclass(frozen=True)
class Image:
    """A known image: where its configuration stands and what it is unless something is put in its place."""

    configuration: str
    sites: str
    """The folder whose `*.conf` the image's configuration includes in its http block."""
    port: int
    user: str
    templates: str = ""
    """The folder whose templates the image's start script fills into `sites`."""

    def main_text(self) -> str:
        """Return the image's main configuration as far as checks ask for it."""
        user = f"user {self.user};\n" if self.user else ""
        return (
            f"{user}worker_processes auto;\nerror_log /var/log/nginx/error.log notice;\nevents {{ }}\n"
            'http {\n    log_format main \'$remote_addr - $remote_user [$time_local] "$request" $status '
            '$body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for"\';\n'
            "    access_log /var/log/nginx/access.log main;\n"
            f"    include {self.sites}/*.conf;\n}}\n"
        )

    def default_site(self) -> str:
        """Return the site the image shows while no other file stands in its place."""
        return (
            f"server {{\n    listen {self.port};\n    server_name localhost;\n"
            "    location / {\n        root /usr/share/nginx/html;\n    }\n}\n"
        )


_OFFICIAL = Image("/etc/nginx/nginx.conf", "/etc/nginx/conf.d", 80, "nginx", "/etc/nginx/templates")
_UNPRIVILEGED = Image("/etc/nginx/nginx.conf", "/etc/nginx/conf.d", 8080, "", "/etc/nginx/templates")
_BITNAMI = Image("/opt/bitnami/nginx/conf/nginx.conf", "/opt/bitnami/nginx/conf/server_blocks", 8080, "")
_OPENRESTY = Image("/usr/local/openresty/nginx/conf/nginx.conf", "/etc/nginx/conf.d", 80, "")
_BY_REPOSITORY = {
    "nginxinc/nginx-unprivileged": _UNPRIVILEGED,
    "bitnami/nginx": _BITNAMI,
    "bitnamilegacy/nginx": _BITNAMI,
    "openresty/openresty": _OPENRESTY,
}


def image_of(workload: Workload) -> Image | None:
    """Return what is known of the image a container runs, None for any other image."""
    if workload.image_repository == "nginx" and workload.is_official_image:
        return _OFFICIAL
    return _BY_REPOSITORY.get(workload.image_repository or "")


def invocation_of(workload: Workload, image: Image | None) -> Start | None:
    """Return how the container starts nginx, None if it runs another program."""
    program = Program(_ENTRYPOINTS) if image is not None else None
    return start_of(workload, NAMES, program)


WRITES = ("envsubst", "sed ", ">", "cp ", "mv ", "ln ", "rm ", "confd", "gomplate", "j2 ")
"""Words of a start script that puts the configuration together itself."""
