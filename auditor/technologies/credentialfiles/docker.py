"""Logins of container registries and of Terraform's services, kept as JSON.

Docker CLI, "Configuration files" (`config.json`), and Kubernetes, "Docker config Secrets": `auth` is `user:password` in
base64. An entry may have `username`, `password` and `identitytoken` beside or in its stead.
"""

import base64
import binascii
from collections.abc import Iterator

from auditor.formats import yaml
from auditor.formats.tree import Mapping, Scalar
from auditor.model.source import Source
from auditor.technologies.common.namedvalues import place_of
from auditor.technologies.document import Assignment

from .lines import CONTAINER

_TOKENS = ("password", "identitytoken", "registrytoken", "token")


def docker_logins(source: Source) -> Iterator[Assignment]:
    """Yield the passwords and tokens of every registry or host.

    Raises:
        FormatError: it is not JSON.
    """
    for root in yaml.parse(source):
        if not isinstance(root, Mapping):
            continue
        # `.dockercfg`, the older file, has the registries at its top.
        for host, entry in root.mapping("auths") or root.mapping("credentials") or root:
            if isinstance(entry, Mapping):
                yield from _of_host(host.text, entry)


def _of_host(host: str, entry: Mapping) -> Iterator[Assignment]:
    user = entry.text("username")
    auth = entry.scalar("auth")
    login = _decoded(auth) if auth is not None else None
    if auth is not None and login is not None:
        yield _assignment("auth", login[1], auth, host, login[0])
    for key in _TOKENS:
        value = entry.scalar(key)
        if value is not None and not value.is_null:
            yield _assignment(key, value.text, value, host, user)


def _assignment(key: str, value: str, scalar: Scalar, host: str, user: str | None) -> Assignment:
    return Assignment(
        key=key,
        value=value,
        at=place_of(scalar),
        container=CONTAINER,
        path=(host,),
        server_secret=True,
        principal=user,
    )


def _decoded(auth: Scalar) -> tuple[str, str] | None:
    try:
        padded = auth.text + "=" * (-len(auth.text) % 4)
        user, colon, password = base64.b64decode(padded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (user, password) if colon else None
