"""What Python code puts in the claims of tokens."""

import pytest

from tests.technologies.common.code.reading import payloads

HEAD = "import jwt\nfrom app.config import settings\n"


def of(body: str) -> tuple[str, bool | None]:
    (payload,) = payloads({"a.py": f"{HEAD}def make(user, data):\n{body}\n"})
    return " ".join(claim for claim, _ in payload.personal), payload.has_expiry


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    return jwt.encode({'sub': 1, 'exp': 2}, settings.JWT_SECRET)", ("", True)),
        ("    return jwt.encode({'sub': 1, 'email': 2}, settings.JWT_SECRET)", ("email", False)),
        ("    return jwt.encode(dict(sub=1, mrn=2), settings.JWT_SECRET)", ("mrn", False)),
        ("    return jwt.encode(payload={'dob': 1, 'exp': 2}, key=settings.JWT_SECRET)", ("dob", True)),
        ("    c = {'sub': 1}\n    c['exp'] = 2\n    return jwt.encode(c, settings.JWT_SECRET)", ("", True)),
        ("    c = {'sub': 1}\n    c.update({'exp': 2})\n    return jwt.encode(c, settings.JWT_SECRET)", ("", True)),
        ("    c = {'sub': 1}\n    c.update(exp=2)\n    return jwt.encode(c, settings.JWT_SECRET)", ("", True)),
        ("    c = {'sub': 1}\n    c.setdefault('exp', 2)\n    return jwt.encode(c, settings.JWT_SECRET)", ("", True)),
        ("    b = {'exp': 1}\n    return jwt.encode({**b, 'name': 1}, settings.JWT_SECRET)", ("name", True)),
        ("    return jwt.encode({'sub': 1} | {'exp': 1}, settings.JWT_SECRET)", ("", True)),
        ("    return jwt.encode({'htm': 'POST', 'htu': data, 'iat': 1}, settings.JWT_SECRET)", ("", True)),
        ("    return jwt.encode({'htm': 'POST', 'iat': 1}, settings.JWT_SECRET)", ("", False)),
        ("    return jwt.encode(data, settings.JWT_SECRET)", ("", None)),
        ("    return jwt.encode({'email': 1, **data}, settings.JWT_SECRET)", ("email", None)),
        ("    c = data.copy()\n    c['email'] = 2\n    return jwt.encode(c, settings.JWT_SECRET)", ("email", None)),
        ("    c = {'sub': 1}\n    c.update(data)\n    return jwt.encode(c, settings.JWT_SECRET)", ("", None)),
        ("    c = {'sub': 1}\n    c[data] = 2\n    return jwt.encode(c, settings.JWT_SECRET)", ("", None)),
    ],
)
def test_claims(body: str, expected: tuple[str, bool | None]) -> None:
    assert of(body) == expected


def test_a_token_that_is_read_has_no_payload() -> None:
    assert payloads({"a.py": HEAD + "jwt.decode(token, settings.JWT_SECRET)"}) == []
