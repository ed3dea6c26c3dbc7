"""Generated cases: scenarios with known answers, in changing formats, names, folders and encodings."""

import base64
import random
import string
from collections.abc import Callable, Iterator, Sequence

from .cases import Case

KEYS = {
    "jwt": ("JWT_SECRET", "JWT_SIGNING_KEY", "API_JWT_SECRET", "AUTH_JWT_SECRET_KEY"),
    "csrf": ("CSRF_SECRET", "CSRF_TOKEN_SECRET", "XSRF_SECRET", "CSRF_SESSION_SECRET"),
    "session": ("SESSION_SECRET", "COOKIE_SECRET", "SESSION_SECRET_KEY"),
    "encryption": ("ENCRYPTION_KEY", "FERNET_KEY", "AES_KEY"),
    "webhook": ("WEBHOOK_SECRET", "WEBHOOK_SIGNING_SECRET"),
}
SERVERS = {
    "postgres": ("postgres:16", "POSTGRES_USER", "POSTGRES_PASSWORD", "postgresql"),
    "mysql": ("mysql:8.4", "MYSQL_USER", "MYSQL_PASSWORD", "mysql"),
    "mongodb": ("mongo:7.0", "MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_PASSWORD", "mongodb"),
    "rabbitmq": ("rabbitmq:4.0", "RABBITMQ_DEFAULT_USER", "RABBITMQ_DEFAULT_PASS", "amqp"),
}
_WORDS = "clinic ward lab triage portal intake billing roster imaging pharmacy referral consent".split()


class Maker:
    """Draws names, values and formats."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def value(self) -> str:
        """A random value that is no word, placeholder or default."""
        pick = self.random.choice(("base62", "hex", "base64", "phrase"))
        if pick == "hex":
            return f"{self.random.getrandbits(256):064x}"
        if pick == "base64":
            return base64.b64encode(self.random.randbytes(33)).decode()
        if pick == "phrase":
            return "-".join(f"{self.random.choice(_WORDS)}{self.random.randint(10, 999)}" for _ in range(4))
        return "".join(self.random.choices(string.ascii_letters + string.digits, k=36))

    def word(self) -> str:
        return self.random.choice(_WORDS)

    def key(self, mechanism: str) -> str:
        name = self.random.choice(KEYS[mechanism])
        return f"{self.word().upper()}_{name}" if self.random.random() < 0.3 else name

    def folder(self) -> str:
        return self.random.choice(("", "deploy/", "infra/", "k8s/", "config/"))

    def settings(self, values: Sequence[tuple[str, str]], folder: str | None = None) -> dict[str, str]:
        """Write settings that belong together in one of the formats."""
        place = self.folder() if folder is None else folder
        write = self.random.choice((_env, _quoted_env, _compose_map, _compose_list, _secret_data, _secret_text, _pod))
        return write(place, values)


def _env(folder: str, values: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {f"{folder}.env": "".join(f"{key}={value}\n" for key, value in values)}


def _quoted_env(folder: str, values: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {f"{folder}.env": "# settings\n" + "".join(f"export {key}='{value}'\n" for key, value in values)}


def _compose_map(folder: str, values: Sequence[tuple[str, str]]) -> dict[str, str]:
    lines = "".join(f'      {key}: "{value}"\n' for key, value in values)
    return {f"{folder}compose.yaml": f"services:\n  api:\n    image: registry.example/api:1\n    environment:\n{lines}"}


def _compose_list(folder: str, values: Sequence[tuple[str, str]]) -> dict[str, str]:
    lines = "".join(f"      - {key}={value}\n" for key, value in values)
    return {f"{folder}compose.yaml": f"services:\n  api:\n    image: registry.example/api:1\n    environment:\n{lines}"}


def _secret_data(folder: str, values: Sequence[tuple[str, str]]) -> dict[str, str]:
    lines = "".join(f"  {key}: {base64.b64encode(value.encode()).decode()}\n" for key, value in values)
    return {f"{folder}secret.yaml": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: api}}\ndata:\n{lines}"}


def _secret_text(folder: str, values: Sequence[tuple[str, str]]) -> dict[str, str]:
    lines = "".join(f"  {key}: '{value}'\n" for key, value in values)
    return {f"{folder}secret.yaml": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: api}}\nstringData:\n{lines}"}


def _pod(folder: str, values: Sequence[tuple[str, str]]) -> dict[str, str]:
    lines = "".join(f"        - {{name: {key}, value: '{value}'}}\n" for key, value in values)
    return {
        f"{folder}api.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec:\n  containers:\n    - name: api\n"
        f"      image: registry.example/api:1\n      env:\n{lines}"
    }


def _server(name: str, engine: str, user: str, password: str) -> str:
    image, user_key, password_key, _ = SERVERS[engine]
    environment = f"      {user_key}: {user}\n      {password_key}: '{password}'\n"
    return f"  {name}:\n    image: {image}\n    environment:\n{environment}"


def purposes(maker: Maker) -> Case:
    first, second = maker.random.sample(sorted(KEYS), 2)
    value = maker.value()
    values = [(maker.key(first), value), (maker.key(second), value), ("LOG_LEVEL", "info")]
    maker.random.shuffle(values)
    if maker.random.random() < 0.5:
        folder = maker.folder()
        files = {**_env(folder, values[:2]), **_secret_data(folder, values[2:])}
    else:
        files = maker.settings(values)
    return Case(f"{first} and {second}", "R4", files, frozenset({"purposes"}))


def across_formats(maker: Maker) -> Case:
    first, second = maker.random.sample(sorted(KEYS), 2)
    value = maker.value()
    folder = maker.folder()
    files = {**_env(folder, [(maker.key(first), value)]), **_secret_data(folder, [(maker.key(second), value)])}
    return Case(f"{first} and {second} in two formats", "R4", files, frozenset({"purposes"}))


def by_reference(maker: Maker) -> Case:
    first, second = maker.random.sample(sorted(KEYS), 2)
    symbol, other = maker.key(first), maker.key(second)
    files = _compose_map(maker.folder(), [(symbol, f"${{{symbol}}}"), (other, f"${{{symbol}}}")])
    return Case(f"{first} feeds {second}", "R9", files, frozenset({"purposes"}))


def key_and_password(maker: Maker) -> Case:
    mechanism, engine = maker.random.choice(sorted(KEYS)), maker.random.choice(sorted(SERVERS))
    value = maker.value()
    compose = f"services:\n{_server('db', engine, maker.word(), value)}  api:\n    image: registry.example/api:1\n"
    compose += f"    environment:\n      {maker.key(mechanism)}: '{value}'\n"
    return Case(f"{mechanism} and {engine}", "R5", {"compose.yaml": compose}, frozenset({"key-and-password"}))


def logins(maker: Maker) -> Case:
    first, second = maker.random.sample(sorted(SERVERS), 2)
    value = maker.value()
    compose = "services:\n" + _server("one", first, "app", value) + _server("two", second, maker.word(), value)
    return Case(f"{first} and {second}", "R6", {"compose.yaml": compose}, frozenset({"logins"}))


def administrator(maker: Maker) -> Case:
    value, user = maker.value(), maker.word()
    values = [("MYSQL_ROOT_PASSWORD", value), ("MYSQL_USER", user), ("MYSQL_PASSWORD", value)]
    return Case("root and application", "R6", maker.settings(values), frozenset({"logins"}))


def environments(maker: Maker) -> Case:
    value = maker.value()
    key = maker.key(maker.random.choice(sorted(KEYS)))
    one, two = maker.random.choice((("production", "development"), ("prod", "dev"), ("prod", "test"), ("live", "ci")))
    base = maker.random.choice(("deploy/{}/", "envs/{}/", "{}/"))
    files = {**_env(base.format(one), [(key, value)]), **_env(base.format(two), [(key, value)])}
    return Case(f"{one} and {two}", "R7", files, frozenset({"environments"}))


def systems(maker: Maker) -> Case:
    one, two = maker.random.sample(_WORDS, 2)
    value, key = maker.value(), maker.key(maker.random.choice(sorted(KEYS)))
    files = {**maker.settings([(key, value)], f"{one}/"), **maker.settings([(key, value)], f"{two}/")}
    return Case(f"{one} and {two}", "R8", files, frozenset({"systems"}))


def passed_on(maker: Maker) -> Case:
    value, key = maker.value(), maker.key(maker.random.choice(sorted(KEYS)))
    files = {
        **_env("", [(key, value)]),
        **_compose_map("", [(key, f"${{{key}}}")]),
        **_secret_data("k8s/", [(key, value)]),
    }
    return Case(f"{key} passed on", "R1", files)


def client_and_server(maker: Maker) -> Case:
    engine = maker.random.choice(sorted(SERVERS))
    scheme = SERVERS[engine][3]
    # What a percent sign or slash does to an address is another question.
    value, user = "".join(maker.random.choices(string.ascii_letters + string.digits, k=30)), maker.word()
    compose = "services:\n" + _server("store", engine, user, value)
    stem = maker.random.choice(("DB", "STORE", "DATABASE"))
    lines = maker.random.choice(
        (
            f"      {stem}_URL: {scheme}://{user}:{value}@store/x\n",
            f"      {stem}_HOST: store\n      {stem}_USER: {user}\n      {stem}_PASSWORD: {value}\n",
        )
    )
    compose += f"  api:\n    image: registry.example/api:1\n    environment:\n{lines}"
    return Case(f"a client of {engine}", "R2", {"compose.yaml": compose})


def both_ends(maker: Maker) -> Case:
    value = maker.value()
    first, second = maker.random.sample(("OIDC_CLIENT_SECRET", "KEYCLOAK_CLIENT_SECRET", "SSO_CLIENT_SECRET"), 2)
    return Case("both ends of OIDC", "R3", maker.settings([(first, value), (second, value)]))


def weak_in_two_systems(maker: Maker) -> Case:
    one, two = maker.random.sample(_WORDS, 2)
    value = maker.random.choice(("changeme", "password", "supersecret", "admin123", "postgres"))
    files = {**_env(f"{one}/", [("JWT_SECRET", value)]), **_env(f"{two}/", [("SESSION_SECRET", value)])}
    return Case("a default in two systems", "R0", files)


def separate(maker: Maker) -> Case:
    values = [(maker.key(mechanism), maker.value()) for mechanism in KEYS]
    return Case("separate keys", "R0", maker.settings(values))


SCENARIOS: tuple[Callable[[Maker], Case], ...] = (
    purposes, across_formats, by_reference, key_and_password, logins, administrator, environments, systems, passed_on,
    client_and_server, both_ends, weak_in_two_systems, separate,
)  # fmt: skip


def generated(count: int, seed: int = 0) -> Iterator[Case]:
    """Yield `count` cases, every scenario in turn."""
    maker = Maker(seed)
    for number in range(count):
        yield SCENARIOS[number % len(SCENARIOS)](maker)
