"""Keys and tokens that are secrets by their shape, wherever they stand, and whose key signed a token."""

import base64
import binascii
import hashlib
import hmac
import posixpath
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from auditor.credentials.inscriptions import Inscription, InscriptionKind
from auditor.credentials.keys import names_secret
from auditor.credentials.published_keys import published_keys
from auditor.credentials.webtoken import DecodedToken, decode, only_profile
from auditor.discovery import Examined
from auditor.model.credential import Credential, SecretForm
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.source import Source
from auditor.model.token import WebToken
from auditor.technologies.common.environments import environment_of
from auditor.technologies.document import Document

from .credentials import role_of

_HASHES = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}
_MAX_KEY = 4096
"""Longest value tried as a key, in bytes."""
Candidates = Mapping[bytes, tuple[str, str, int] | None]
"""Keys to try, with the name and place of a secret of the repository, or None for a published key."""


def facts_of_inscriptions(
    examined: Iterable[Examined], documents: Mapping[str, Sequence[Document]], credentials: Sequence[Credential]
) -> Iterator[Fact]:
    """Yield a credential for every key and token that no credential covers yet, and what each web token says."""
    marked = [item for item in examined if item.inscriptions]
    if not marked:
        return
    covered = {(credential.at.path, line) for credential in credentials for line in _lines(credential.at)}
    candidates: Candidates | None = None
    for item in marked:
        source = item.text
        if source is None:
            continue
        starts = [0, *accumulate(len(line) + 1 for line in source.text.split("\n"))]
        for inscription in item.inscriptions:
            text = source.text[inscription.start : inscription.end]
            at = _location(source, starts, inscription)
            token = decode(text) if inscription.kind is InscriptionKind.WEB_TOKEN else None
            if inscription.kind is InscriptionKind.WEB_TOKEN and token is None:
                continue
            if (at.path, at.line) not in covered:
                yield _credential(item, inscription, text, at, token)
            if token is not None:
                if candidates is None and token.algorithm in _HASHES:
                    candidates = _candidates(documents)
                yield _web_token(item, at, token, candidates or {})


def _lines(at: Location) -> range:
    return range(at.line, max(at.end_line, at.line) + 1)


def _location(source: Source, starts: Sequence[int], inscription: Inscription) -> Location:
    first = bisect_right(starts, inscription.start) - 1
    last = bisect_right(starts, inscription.end - 1) - 1
    return source.at(first + 1, inscription.start - starts[first] + 1, last + 1, inscription.end - starts[last])


def _credential(
    item: Examined, inscription: Inscription, text: str, at: Location, token: DecodedToken | None
) -> Credential:
    # A token of an example, or one without a key to it, opens nothing.
    harmless = token is not None and (token.is_documentation or token.is_encrypted)
    return Credential(
        component=at.path,
        technology=item.technology or "text",
        at=at,
        key=inscription.kind.value,
        form=SecretForm.SPENT if harmless else SecretForm.LITERAL,
        secret=seal(text),
        mechanism="tls-key" if inscription.kind is InscriptionKind.PRIVATE_KEY else "provider-api",
        login=None,
        container="text",
        unit=posixpath.dirname(at.path),
        environment=environment_of(at.path),
        role=role_of(at.path),
        reason=f"a {inscription.kind}",
    )


def _web_token(item: Examined, at: Location, token: DecodedToken, candidates: Candidates) -> WebToken:
    key = signing_key(token, candidates)
    return WebToken(
        component=at.path,
        technology=item.technology or "text",
        at=at,
        algorithm=token.algorithm,
        is_encrypted=token.is_encrypted,
        is_signed=token.is_encrypted or bool(token.signature),
        remote_keys=token.remote_keys,
        issued=token.issued,
        expires=token.expires,
        personal=tuple((claim.path, claim.what) for claim in token.personal),
        scopes=token.scopes,
        is_only_profile=only_profile(token),
        is_documentation=token.is_documentation,
        role=role_of(at.path),
        key_is_published=key is not None and candidates[key] is None,
        signed_by=candidates[key] if key is not None else None,
    )


def signing_key(token: DecodedToken, candidates: Iterable[bytes]) -> bytes | None:
    """Return the candidate whose HMAC the token's signature is (RFC 7518 section 3.2), None if none fits."""
    digest = _HASHES.get(token.algorithm)
    if digest is None:
        return None
    for key in candidates:
        if hmac.digest(key, token.signing_input, digest) == token.signature:
            return key
    return None


def _candidates(documents: Mapping[str, Sequence[Document]]) -> Candidates:
    """Return the repository's own secrets, as written and decoded, before the published keys."""
    keys: dict[bytes, tuple[str, str, int] | None] = {}
    for technology in sorted(documents):
        for document in documents[technology]:
            for assignment in document.assignments():
                value = assignment.value
                if not isinstance(value, str) or not (assignment.server_secret or names_secret(assignment.key)):
                    continue
                for key in _forms(value.strip()):
                    keys.setdefault(key, (assignment.key, assignment.at.path, assignment.at.line))
    published = published_keys()
    # A secret that everybody knows is the worse news.
    return {**dict.fromkeys(published), **{k: v for k, v in keys.items() if k not in set(published)}}


def _forms(value: str) -> Iterator[bytes]:
    raw = value.encode()
    if not raw or len(raw) > _MAX_KEY:
        return
    yield raw
    for decoded in (_base64(value), _hex(value)):
        if decoded:
            yield decoded


def _base64(value: str) -> bytes | None:
    try:
        return base64.b64decode(value.replace("-", "+").replace("_", "/") + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _hex(value: str) -> bytes | None:
    try:
        return bytes.fromhex(value)
    except ValueError:
        return None
