"""What JavaScript code puts in the claims of tokens, and whether they end."""

import pytest

from tests.technologies.common.code.reading import payloads

HEAD = "import jwt from 'jsonwebtoken';\nimport { SignJWT } from 'jose';\nconst base = { exp: 1 };\nconst short = { expiresIn: 60 };\n"


@pytest.mark.parametrize(
    ("text", "personal", "has_expiry"),
    [
        ("jwt.sign({ sub: 1 }, key)", [], False),
        ("jwt.sign({ sub: 1, exp: 2 }, key)", [], True),
        ("jwt.sign({ sub: 1, email }, key, { expiresIn: '5m' })", ["email"], True),
        ("jwt.sign({ sub: 1, 'birthDate': 2 }, key, short)", ["birthDate"], True),
        ("jwt.sign({ sub: 1 }, key, { algorithm: 'HS256' })", [], False),
        ("jwt.sign({ sub: 1 }, key, options)", [], None),
        ("jwt.sign({ sub: 1 }, key, { ...options })", [], None),
        ("jwt.sign({ ...base, mrn: 1 }, key)", ["mrn"], True),
        ("jwt.sign({ ...user }, key)", [], None),
        ("jwt.sign({ [name]: 1 }, key)", [], None),
        ("jwt.sign(user, key)", [], None),
        ("const p = { sub: 1 }; p.exp = 2; p['email'] = 3; jwt.sign(p, key)", ["email"], True),
        ("new SignJWT({ sub: 1, name: 2 }).setExpirationTime('2h').sign(key)", ["name"], True),
        ("new SignJWT({ sub: 1 }).setProtectedHeader({}).sign(key)", [], False),
        ("this.jwtService.sign({ sub: 1 })", [], None),
        ("this.jwtService.sign({ sub: 1 }, { expiresIn: 60 })", [], True),
        ("this.jwtService.sign({ sub: 1 }, { secret: key })", [], None),
    ],
)
def test_claims_and_life(text: str, personal: list[str], has_expiry: bool | None) -> None:
    (payload,) = payloads({"a.ts": f"{HEAD}function make(user, key, options, name, email) {{ {text}; }}\n"})
    assert ([claim for claim, _ in payload.personal], payload.has_expiry) == (personal, has_expiry)
