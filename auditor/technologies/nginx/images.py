"""What the published images of nginx start with.

Read in nginx/docker-nginx (20-envsubst-on-templates.sh), nginx/docker-nginx-unprivileged (Dockerfile template, which
edits the package's files), bitnami/containers (nginx.conf of 1.29; its script puts 8080 in place of 80) and
openresty/docker-openresty (nginx.conf).
"""

from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.program import Program, Start, start_of

NAMES = frozenset({"nginx", "nginx-debug", "openresty"})
_ENTRYPOINTS = frozenset({"docker-entrypoint.sh", "entrypoint.sh", "run.sh"})


@dataclass(frozen=True)
class Image:
    """A known image: where its configuration stands and what it is unless something is put in its place."""

    configuration: str
    sites: str
    """The folder whose `*.conf` the image's configuration includes in its http block."""
    port: int
    head: str = ""
    """What stands before the http block, as far as checks ask for it."""
    http: str = ""
    """What stands in the http block before the sites."""
    server: str = ""
    """A server in the main file itself; images without one have it in `sites` as default.conf."""
    templates: str = ""
    """The folder whose templates the image's start script fills into `sites`."""

    def main_text(self) -> str:
        """Return the image's main configuration."""
        return f"{self.head}\nevents {{ }}\nhttp {{\n{self.http}\ninclude {self.sites}/*.conf;\n{self.server}\n}}\n"

    def default_site(self) -> str:
        """Return the site the image shows while no other file stands in its place."""
        return (
            f"server {{\n    listen {self.port};\n    server_name localhost;\n"
            "    location / {\n        root /usr/share/nginx/html;\n    }\n}\n"
        )


_PACKAGE_LOG = "error_log /var/log/nginx/error.log notice;"
_PACKAGE_HTTP = (
    """log_format main '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent"""
    """ "$http_referer" "$http_user_agent" "$http_x_forwarded_for"';"""
    "\naccess_log /var/log/nginx/access.log main;"
)
_OFFICIAL = Image(
    "/etc/nginx/nginx.conf",
    "/etc/nginx/conf.d",
    80,
    head=f"user nginx;\n{_PACKAGE_LOG}",
    http=_PACKAGE_HTTP,
    templates="/etc/nginx/templates",
)
_UNPRIVILEGED = Image(
    "/etc/nginx/nginx.conf",
    "/etc/nginx/conf.d",
    8080,
    head=_PACKAGE_LOG,
    http=_PACKAGE_HTTP,
    templates="/etc/nginx/templates",
)
_BITNAMI = Image(
    "/opt/bitnami/nginx/conf/nginx.conf",
    "/opt/bitnami/nginx/conf/server_blocks",
    8080,
    head="error_log /opt/bitnami/nginx/logs/error.log;",
    http=(
        "access_log /opt/bitnami/nginx/logs/access.log;\nadd_header X-Frame-Options SAMEORIGIN;\n"
        "ssl_protocols TLSv1.2 TLSv1.3;\nssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM;\n"
        "client_max_body_size 80M;\nserver_tokens off;"
    ),
    server="server {\nlisten 8080;\nlocation /status { stub_status on; access_log off; allow 127.0.0.1; deny all; }\n}",
)
_OPENRESTY = Image("/usr/local/openresty/nginx/conf/nginx.conf", "/etc/nginx/conf.d", 80)
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
