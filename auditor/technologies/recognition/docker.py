"""Which files configure Docker's daemon."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_TEMPLATE = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|erb))*"
_NAME = lazy(rf"(?:.*[._-])?daemon(?:[._-][\w-]+)?\.json{_TEMPLATE}")
_KEY = lazy(
    r'"(?:hosts|log-driver|log-opts|storage-driver|storage-opts|data-root|exec-opts|insecure-registr(?:y|ies)|icc|'
    r"registry-mirrors?|live-restore|userns-remap|no-new-privileges|default-(?:ulimits?|runtime|address-pools|ipc-mode|"
    r"cgroupns-mode|shm-size)|ip6?tables|userland-proxy|tlsverify|metrics-addr|seccomp-profile|bip|runtimes|proxies|"
    r"authorization-plugins?|allow-direct-routing|firewall-backend|selinux-enabled|cgroup-parent|containerd|"
    r'max-concurrent-downloads|fixed-cidr|native\.cgroupdriver)"[ \t]*:'
)
_COMMON_KEY = lazy(
    r'"(?:bridge|builder|debug|dns|experimental|features|https?-proxy|ipv6|labels|log-level|mtu)"[ \t]*:'
)
_FOLDER = lazy(r"(?:^|/)\.?docker(?:/rootless)?/[^/]+$")
_OPTIONS_NAME = lazy(rf"(?:.*[._-])?docker(?:[._-]\w+)?{_TEMPLATE}")
_OPTIONS = lazy(r"^[ \t]*(?:export[ \t]+)?(?:DOCKER_OPTS=|(?:OPTIONS|other_args)=[\"']?-)", re.M)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is a daemon.json or the file of DOCKER_OPTS, None if it is neither."""
    if "daemon" in name:
        if ".json" not in name or not _NAME.fullmatch(name):
            return None
        if _KEY.search(head):
            return Recognition("named like daemon.json, with keys of dockerd", 3)
        if _COMMON_KEY.search(head) or (_FOLDER.search(path) and head.lstrip("\ufeff \t\r\n").startswith("{")):
            return Recognition("named like daemon.json, and could be dockerd's", 2)
        return None
    if "docker" in name and _OPTIONS_NAME.fullmatch(name) and _OPTIONS.search(head):
        return Recognition("named like /etc/default/docker, with options of dockerd", 3)
    return None


TECHNOLOGY = Registered(
    "docker",
    "Docker daemon",
    "auditor.technologies.docker:DOCKER",
    recognise,
    words=("dockerd", "dind"),
    files="daemon.json, /etc/default/docker, units that start dockerd",
    versions="20.10 to 29",
    compared_with="dockerd 20.10",
)
