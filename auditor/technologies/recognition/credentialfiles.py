"""Which files hold the log-ins of a program or a person: `.npmrc`, `.netrc`, `.pgpass`, `.htpasswd` and their kind."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAMES = {
    ".npmrc": "npmrc",
    "npmrc": "npmrc",
    ".yarnrc": "npmrc",
    ".pypirc": "ini",
    "pypirc": "ini",
    ".s3cfg": "ini",
    "s3cfg": "ini",
    "rclone.conf": "ini",
    ".boto": "ini",
    ".pg_service.conf": "ini",
    ".netrc": "netrc",
    "_netrc": "netrc",
    ".pgpass": "pgpass",
    "pgpass": "pgpass",
    "pgpass.conf": "pgpass",
    ".git-credentials": "git",
    ".dockercfg": "docker",
    ".dockerconfigjson": "docker",
    ".htpasswd": "htpasswd",
    "htpasswd": "htpasswd",
    "shadow": "shadow",
    "gshadow": "shadow",
    ".esmtprc": "mailer",
    ".msmtprc": "mailer",
    "msmtprc": "mailer",
    "master.key": "whole",
    ".vault-token": "whole",
    ".vault_pass": "whole",
    ".vault_password": "whole",
    "vault_pass.txt": "whole",
    ".terraformrc": "hcl",
    "terraform.rc": "hcl",
    "credentials.tfrc.json": "docker",
}
_VARIANT = lazy(r"\.(?:j2|tmpl|tpl|sample|example|dist|template|bak|orig)$")
_HTPASSWD = lazy(r"^[^:\s#]{1,255}:(?:\$(?:apr1|2[aby]|5|6|1)\$|\{SHA\}|[./A-Za-z0-9]{13}$)", re.M)
_SHADOW = lazy(r"^[a-z_][\w-]*:(?:[!*]|\$\w{1,8}\$)[^:\n]*:\d*:", re.M)
_ONE_WORD = lazy(r"\s*\S{8,512}\s*")
_AWS = lazy(r"^[ \t]*aws_(?:secret_access_key|session_token)[ \t]*=", re.M)
_DOCKER_AUTHS = lazy(r"\"(?:auths|credHelpers)\"\s*:")


def kind_of(name: str, path: str, head: str) -> str:
    """Return how the file is read (`npmrc`, `ini`, `netrc` …), "" if it is none of these files."""
    bare = _VARIANT.sub("", name)
    kind = _NAMES.get(bare, "")
    if not kind and bare.endswith(("htpasswd", ".htpass")):
        kind = "htpasswd"
    if kind == "shadow":
        return kind if _SHADOW.search(head) else ""
    if kind == "htpasswd":
        return kind if _HTPASSWD.search(head) else ""
    if kind == "whole":
        return kind if _ONE_WORD.fullmatch(head) else ""
    if kind:
        return kind
    if bare in {"credentials", ".credentials"} and _AWS.search(head):
        return "ini"
    if bare == "config" and path.endswith(".aws/config") and _AWS.search(head):
        return "ini"
    return "docker" if bare == "config.json" and _DOCKER_AUTHS.search(head) else ""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Claim files of these names; where a name says little, the content must agree."""
    kind = kind_of(name, path, head)
    return Recognition(f"{name} is the name of a file with log-ins", 3) if kind else None


TECHNOLOGY = Registered(
    "credentialfiles",
    "Credential files",
    "auditor.technologies.credentialfiles:CREDENTIAL_FILES",
    recognise,
    files=".npmrc, .pypirc, .netrc, .pgpass, .htpasswd, docker config.json and others like them",
)
