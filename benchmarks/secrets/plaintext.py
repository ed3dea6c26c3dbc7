"""Generated files that hold secrets and what looks like them, with the lines of the secrets known."""

import base64
import random
import string
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import formats
from .formats import Entry, Format
from .manifests import LOGINS, MANIFESTS

_NAMES = (
    "DB_PASSWORD", "POSTGRES_PASSWORD", "SMTP_PASSWORD", "LDAP_BIND_PASSWORD", "REDIS_PASSWORD", "ADMIN_PASSWORD",
    "JWT_SECRET", "SESSION_SECRET", "CSRF_SECRET", "ENCRYPTION_KEY", "SIGNING_KEY", "WEBHOOK_SECRET",
    "OIDC_CLIENT_SECRET", "API_TOKEN", "API_KEY", "AWS_SECRET_ACCESS_KEY", "FHIR_API_KEY", "PACS_PASSWORD",
    "KEYSTORE_PASSWORD", "BACKUP_PASSPHRASE",
)  # fmt: skip
_WORDS = "clinic ward lab triage portal intake billing roster imaging pharmacy referral consent".split()
_GUESSABLE = ("changeme", "password", "Summer2024!", "admin123", "letmein", "Clinic123", "hospital2023", "S3cretPass!")
_ALPHANUMERIC = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Labelled:
    """A repository of one file; `secrets` are the lines, by path, at which a secret is written."""

    name: str
    files: Mapping[str, str]
    secrets: frozenset[tuple[str, int]]


class _Draw:
    """Draws keys and values."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def letters(self, length: int, alphabet: str = _ALPHANUMERIC) -> str:
        return "".join(self.random.choices(alphabet, k=length))

    def word(self) -> str:
        return self.random.choice(_WORDS)

    def secret(self) -> str:
        """A value that somebody uses as a secret: random, made of words, weak, published or of a provider's form."""
        make: Sequence[Callable[[], str]] = (
            lambda: self.letters(self.random.choice((12, 16, 24, 32, 48))),
            lambda: self.letters(64, "0123456789abcdef"),
            lambda: base64.b64encode(self.random.randbytes(32)).decode(),
            lambda: "-".join(f"{self.word()}{self.random.randint(10, 999)}" for _ in range(3)),
            lambda: self.random.choice(_GUESSABLE),
            lambda: f"{self.word().title()}-{self.random.randint(1000, 9999)}!{self.letters(4)}",
            lambda: "ghp_" + self.letters(36),
            lambda: "sk_" + "live_" + self.letters(24),
        )
        return self.random.choice(make)()

    def setting(self) -> Entry:
        """A setting whose value is a secret."""
        pick = self.random.random()
        password = self.letters(20)
        if pick < 0.15:
            scheme = self.random.choice(("postgresql", "mysql", "mongodb", "amqp", "redis"))
            return Entry(f"{self.word().upper()}_URL", f"{scheme}://app:{password}@db.internal/{self.word()}", True)
        if pick < 0.22:
            text = f"Server=db.internal;Database={self.word()};User Id=app;Password={password};Encrypt=true"
            return Entry(f"{self.word().upper()}_CONNECTION_STRING", text, True)
        name = self.random.choice(_NAMES)
        if self.random.random() < 0.3:
            name = f"{self.word().upper()}_{name}"
        return Entry(name, self.secret(), True)

    def decoy(self) -> Entry:
        """A setting that is named or written like a secret and is none."""
        stem, word = self.random.choice(_NAMES), self.word()
        hexadecimal = "0123456789abcdef"
        make: Sequence[Callable[[], Entry]] = (
            lambda: Entry(f"{stem}_FILE", f"/run/secrets/{word}", False),
            lambda: Entry(f"{stem}_SECRET_NAME", f"{word}-credentials", False),
            lambda: Entry(f"{stem}_ARN", f"arn:aws:secretsmanager:eu-west-1:000000000000:secret:{word}", False),
            lambda: Entry(stem, f"vault:secret/data/{word}#value", False),
            lambda: Entry("ADMIN_PASSWORD_HASH", "$2b$12$" + self.letters(53), False),
            lambda: Entry(f"{word.upper()}_TENANT_ID", self.uuid(), False),
            lambda: Entry("OIDC_CLIENT_ID", self.uuid(), False),
            lambda: Entry("SSH_PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5" + self.letters(48), False),
            lambda: Entry("STRIPE_PUBLISHABLE_KEY", "pk_" + "live_" + self.letters(24), False),
            lambda: Entry("PASSWORD_AUTHENTICATION", self.random.choice(("true", "no", "off")), False),
            lambda: Entry("RESET_PASSWORD_ENABLED", "true", False),
            lambda: Entry("ACCESS_TOKEN_TTL", self.random.choice(("15m", "3600s", "24h")), False),
            lambda: Entry("JWT_EXPIRES_IN", self.random.choice(("15m", "7d")), False),
            lambda: Entry("PASSWORD_MIN_LENGTH", str(self.random.randint(8, 20)), False),
            lambda: Entry("TOKEN_URL", f"https://id.example/realms/{word}/token", False),
            lambda: Entry("JWT_ALGORITHM", "HS256", False),
            lambda: Entry("SCRIPT_INTEGRITY", "sha384-" + base64.b64encode(self.random.randbytes(48)).decode(), False),
            lambda: Entry("IMAGE_DIGEST", "sha256:" + self.letters(64, hexadecimal), False),
            lambda: Entry("GIT_COMMIT", self.letters(40, hexadecimal), False),
            lambda: Entry("CACHE_KEY_PREFIX", f"{word}-cache-", False),
            lambda: Entry("PRIMARY_KEY", f"{word}_id", False),
            lambda: Entry("TOKEN_HEADER", "X-Clinic-Token", False),
            lambda: Entry("DB_USER", f"{word}_app", False),
            lambda: Entry("KEYBOARD_LAYOUT", "de-nodeadkeys", False),
            lambda: Entry("MAX_TOKENS", str(self.random.randint(100, 99999)), False),
        )
        return self.random.choice(make)()

    def uuid(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def member(self) -> Entry:
        """An entry of a Kubernetes Secret that says who, where or with which certificate."""
        return self.random.choice(
            (
                Entry("username", f"{self.word()}_app", False),
                Entry("DB_HOST", "db.internal", False),
                Entry("port", "5432", False),
                Entry("TLS_ENABLED", "true", False),
            )
        )


def _mixed(draw: _Draw, form: Format) -> Labelled:
    secrets = [draw.setting() for _ in range(draw.random.randint(1, 4))]
    decoys = [draw.member() if form.holds_secrets_only else draw.decoy() for _ in range(draw.random.randint(3, 7))]
    if form.reference:
        name = draw.random.choice(_NAMES)
        decoys.append(Entry(name, form.reference.replace("NAME", name), False))
    return _labelled(draw, form, {entry.key: entry for entry in (*decoys, *secrets)})


def _template(draw: _Draw, form: Format) -> Labelled:
    """A pattern to copy: what is to be replaced is no secret."""
    fills = ("changeme", "<your password>", "your-secret-here", "xxxxxxxx", "", "replace-me")
    entries = [Entry(draw.random.choice(_NAMES), draw.random.choice(fills), False) for _ in range(4)]
    entries += [draw.decoy() for _ in range(3)]
    return _labelled(draw, form, {entry.key: entry for entry in entries}, ending=".example")


def _labelled(draw: _Draw, form: Format, entries: Mapping[str, Entry], ending: str = "") -> Labelled:
    chosen = list(entries.values())
    draw.random.shuffle(chosen)
    folder = draw.random.choice(("", "deploy/", "infra/", "services/api/"))
    path = f"{folder}{form.path}{ending}"
    lines = form.write(chosen)
    known = frozenset((path, number) for number, (_, is_secret) in enumerate(lines, 1) if is_secret)
    return Labelled(f"{form.name}{ending}", {path: "".join(f"{text}\n" for text, _ in lines)}, known)


def labelled(count: int, seed: int = 0) -> Iterator[Labelled]:
    """Yield `count` repositories, every format in turn, some of them templates, manifests and credential files."""
    draw = _Draw(seed)
    for number in range(count):
        if number % 10 in {2, 7}:
            yield _filled(draw, *draw.random.choice(MANIFESTS))
        elif number % 10 == 9:
            yield _template(draw, draw.random.choice(formats.TEMPLATES))
        elif number % 10 == 4:
            yield _filled(draw, *draw.random.choice(LOGINS))
        else:
            yield _mixed(draw, formats.FORMATS[number % len(formats.FORMATS)])


def _filled(draw: _Draw, path: str, text: str) -> Labelled:
    known = frozenset((path, number) for number, line in enumerate(text.splitlines(), 1) if "VALUE" in line)
    return Labelled(path, {path: text.replace("NOUN", draw.word()).replace("VALUE", draw.letters(24))}, known)
