"""What a JSON Web Token says: its header, its life and what personal data its claims hold.

RFC 7515 (JWS), RFC 7516 (JWE), RFC 7519 (claims). The payload of a JWS is only encoded: who sees the token reads it.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, cast

from auditor.patterns import lazy
from auditor.records import dataclass

from .keys import tokens

_MAX_DEPTH = 6
_PERSONAL = {
    **dict.fromkeys(("email", "mail", "preferred_email"), "an e-mail address"),
    **dict.fromkeys(
        ("name", "given_name", "family_name", "first_name", "last_name", "middle_name", "full_name", "surname"),
        "a name",
    ),
    **dict.fromkeys(("phone", "phone_number", "mobile", "fax"), "a telephone number"),
    **dict.fromkeys(("address", "street", "street_address", "postal_code", "zip", "zip_code"), "an address"),
    **dict.fromkeys(("birthdate", "birth_date", "dob", "date_of_birth"), "a date of birth"),
    **dict.fromkeys(("ssn", "social_security_number"), "a social security number"),
    **dict.fromkeys(
        (
            "mrn", "medical_record_number", "patient_id", "patient", "nhs_number", "member_id", "subscriber_id",
            "insurance_id", "policy_number", "health_id",
        ),
        "a patient's or member's number",
    ),
    **dict.fromkeys(
        ("account", "account_number", "account_id", "accounts", "iban", "card", "card_number"), "an account"
    ),
    **dict.fromkeys(("diagnosis", "diagnoses", "icd10", "icd", "condition", "medication"), "health data"),
    **dict.fromkeys(("gender", "sex", "insurance", "npi", "race", "ethnicity"), "personal data"),
}  # fmt: skip
"""Claims that name or describe a person (45 CFR 164.514(b)(2)(i) lists the identifiers)."""
_PROFILE = frozenset(
    {"name", "given_name", "family_name", "email", "email_verified", "gender", "birthdate", "phone_number"}
)
"""Claims of the standard scopes `profile`, `email` and `phone` (OpenID Connect Core 1.0, section 5.4)."""
_EMAIL = lazy(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SSN = lazy(r"(?!000|666|9)\d{3}-\d{2}-\d{4}")
_SCOPE_CLAIMS = frozenset({"scope", "scopes", "scp", "permissions", "authorities", "roles"})
_IDENTIFYING_SCOPE = lazy(
    r"(?P<what>acct|accounts?|patients?|members?|mrn|claims?|polic(?:y|ies)|subscribers?|customers?)[:/]\d{4,}(?:,\d{4,})*",
    re.IGNORECASE,
)
_IDENTIFIER = lazy(r"\d{4,}|[0-9a-f]{24,}", re.IGNORECASE)
_UUID = lazy(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class PersonalClaim:
    """A claim that holds personal data: its path and what it holds; never the value."""

    path: str
    what: str


@dataclass(frozen=True)
class DecodedToken:
    """A token's content as far as it may be said; `signing_input` and `signature` are for testing keys only."""

    algorithm: str
    is_encrypted: bool
    remote_keys: tuple[str, ...] = ()
    """Headers by which the token itself says where its key is: `jku`, `x5u`, `jwk`."""
    issued: int | None = None
    expires: int | None = None
    """Seconds since 1970, UTC."""
    personal: tuple[PersonalClaim, ...] = ()
    scopes: tuple[str, ...] = ()
    """Kinds of identifiers that scopes hold, such as `accounts`."""
    is_id_token: bool = False
    is_documentation: bool = False
    """Whether it is the token of a well-known example, about nobody."""
    signing_input: bytes = field(default=b"", repr=False)
    signature: bytes = field(default=b"", repr=False)


def decode(token: str) -> DecodedToken | None:
    """Return what the token says, None if it is no token."""
    parts = token.split(".")
    header = _json(parts[0])
    if header is None or not isinstance(header.get("alg"), str):
        return None
    algorithm = cast("str", header["alg"])[:32]
    remote = tuple(name for name in ("jku", "x5u", "jwk") if name in header)
    if len(parts) == 5:
        return DecodedToken(algorithm, is_encrypted=True, remote_keys=remote)
    claims = _json(parts[1]) if len(parts) == 3 else None
    signature = _bytes(parts[2]) if len(parts) == 3 else None
    if claims is None or signature is None:
        return None
    return DecodedToken(
        algorithm,
        is_encrypted=False,
        remote_keys=remote,
        issued=_seconds(claims.get("iat")),
        expires=_seconds(claims.get("exp")),
        personal=tuple(dict.fromkeys(_personal(claims, ()))),
        scopes=tuple(sorted(set(_identifying_scopes(claims)))),
        is_id_token="nonce" in claims or "at_hash" in claims,
        is_documentation=_is_documentation(claims),
        signing_input=f"{parts[0]}.{parts[1]}".encode("ascii", "replace"),
        signature=signature,
    )


def _bytes(part: str) -> bytes | None:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None


def _json(part: str) -> dict[str, Any] | None:
    data = _bytes(part)
    if data is None:
        return None
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _seconds(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12 else None


def _personal(value: object, path: tuple[str, ...]) -> Iterator[PersonalClaim]:
    if len(path) > _MAX_DEPTH:
        return
    if isinstance(value, Mapping):
        for name, item in cast("Mapping[str, object]", value).items():
            yield from _personal(item, (*path, name[:64]))
    elif isinstance(value, list):
        for item in cast("list[object]", value)[:100]:
            yield from _personal(item, path)
    elif path and value not in (None, "", False, True):
        what = _what(path, str(value))
        if what:
            yield PersonalClaim(".".join(path), what)


def _what(path: tuple[str, ...], text: str) -> str:
    """Return what a claim holds, "" if nothing personal."""
    name = "_".join(tokens(path[-1]))
    if name in _SCOPE_CLAIMS:
        return ""
    if _EMAIL.fullmatch(text):
        return "an e-mail address"
    if _SSN.fullmatch(text):
        return "a social security number"
    what = _PERSONAL.get(name, "")
    if what in {"a patient's or member's number", "an account"} and _UUID.fullmatch(text):
        return ""  # an opaque identifier tells nothing without the server
    if name == "patient" and not _IDENTIFIER.search(text):
        return ""
    return what


def claim_holds(name: str) -> str:
    """Return what personal data a claim of this name holds, "" if none."""
    return _PERSONAL.get("_".join(tokens(name)), "")


def _identifying_scopes(claims: Mapping[str, object]) -> Iterator[str]:
    for name, value in claims.items():
        if name.lower() not in _SCOPE_CLAIMS:
            continue
        items: list[object] = list(value.split()) if isinstance(value, str) else []
        if isinstance(value, list):
            items = cast("list[object]", value)
        for item in items:
            match = _IDENTIFYING_SCOPE.fullmatch(item) if isinstance(item, str) else None
            if match is not None:
                yield match["what"].lower()


def _is_documentation(claims: Mapping[str, object]) -> bool:
    """Recognise the subjects of the examples in RFC 7519, on jwt.io and in Supabase's documentation."""
    return (
        claims.get("sub") == "1234567890"
        or claims.get("iss") == "supabase-demo"
        or (claims.get("iss") == "joe" and "http://example.com/is_root" in claims)
    )


def only_profile(token: DecodedToken) -> bool:
    """Tell whether an ID token holds no more than the standard's profile claims."""
    return token.is_id_token and all(claim.path in _PROFILE for claim in token.personal)
