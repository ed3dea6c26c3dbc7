"""How settings are written in each format, and on which lines they end up."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Entry(NamedTuple):
    """A setting, and whether its value is a secret."""

    key: str
    value: str
    is_secret: bool


Lines = list[tuple[str, bool]]
"""Lines of a file, each with whether a secret is written on it."""


@dataclass(frozen=True)
class Format:
    """A format by its file's path; `reference` is how it takes a value from elsewhere, NAME in the name's place."""

    name: str
    path: str
    write: Callable[[Sequence[Entry]], Lines]
    reference: str = ""
    holds_secrets_only: bool = False


Name = Callable[[str], str]


def _lines(pattern: str, before: str = "", after: str = "", *, name: Name = str) -> Callable[..., Lines]:
    """Return a writer of one line for each setting, KEY and VALUE in the places of its name and value."""

    def plain(text: str) -> Lines:
        return [(line, False) for line in text.splitlines()]

    def write(entries: Sequence[Entry]) -> Lines:
        pairs = ((pattern.replace("KEY", name(entry.key)).replace("VALUE", entry.value), entry) for entry in entries)
        rows = [(line, entry.is_secret) for line, entry in pairs]
        return [*plain(before), *rows, *plain(after)]

    return write


def _dotted(key: str) -> str:
    return ".".join(key.lower().split("_"))


def _camel(key: str) -> str:
    first, *others = key.lower().split("_")
    return first + "".join(other.title() for other in others)


def _encoded(entries: Sequence[Entry]) -> Lines:
    data = [Entry(key, base64.b64encode(value.encode()).decode(), secret) for key, value, secret in entries]
    return _lines("  KEY: VALUE", _SECRET + "data:\n")(data)


def _json(entries: Sequence[Entry]) -> Lines:
    rows = [
        (f"    {json.dumps(_camel(key))}: {json.dumps(value)}{',' if number < len(entries) - 1 else ''}", is_secret)
        for number, (key, value, is_secret) in enumerate(entries)
    ]
    return [("{", False), ('  "Clinic": {', False), *rows, ("  }", False), ("}", False)]


_COMPOSE = "services:\n  api:\n    image: registry.example/api:1\n    environment:\n"
_SECRET = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: api\ntype: Opaque\n"
_CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: api\ndata:\n"
_POD = (
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\nspec:\n  containers:\n    - name: api\n"
    "      image: registry.example/api:1\n      env:\n"
)
_WORKFLOW = "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps: [{run: make test}]\n    env:\n"
_FUNCTION = 'resource "aws_lambda_function" "api" {\n  environment {\n    variables = {\n'

FORMATS = (
    Format("env", ".env", _lines("KEY=VALUE"), "${NAME}"),
    Format("quoted env", ".env", _lines('export KEY="VALUE"'), "${NAME}"),
    Format("compose map", "compose.yaml", _lines('      KEY: "VALUE"', _COMPOSE), "${NAME:?}"),
    Format("compose list", "compose.yaml", _lines("      - 'KEY=VALUE'", _COMPOSE), "${NAME}"),
    Format("Secret data", "secret.yaml", _encoded, holds_secrets_only=True),
    Format("Secret stringData", "secret.yaml", _lines("  KEY: 'VALUE'", _SECRET + "stringData:\n"), "${NAME}", True),
    Format("ConfigMap", "configmap.yaml", _lines("  KEY: 'VALUE'", _CONFIG_MAP)),
    Format("Pod", "api.yaml", _lines("        - {name: KEY, value: 'VALUE'}", _POD), "$(NAME)"),
    Format("tfvars", "prod.tfvars", _lines('KEY = "VALUE"', name=str.lower)),
    Format("Terraform", "main.tf", _lines('      KEY = "VALUE"', _FUNCTION, "    }\n  }\n}\n"), "${var.NAME}"),
    Format("properties", "application.properties", _lines("KEY=VALUE", name=_dotted), "${NAME}"),
    Format("INI", "app.ini", _lines("KEY = VALUE", "[clinic]\n", name=str.lower)),
    Format("TOML", "settings.toml", _lines('KEY = "VALUE"', "[clinic]\n", name=str.lower)),
    Format("JSON", "appsettings.json", _json),
    Format("YAML", "application.yml", _lines("  KEY: 'VALUE'", "clinic:\n", name=_camel), "${NAME}"),
    Format("workflow", ".github/workflows/test.yml", _lines("      KEY: 'VALUE'", _WORKFLOW), "${{ secrets.NAME }}"),
    Format("GitLab CI", ".gitlab-ci.yml", _lines("  KEY: 'VALUE'", "test:\n  script: [make]\nvariables:\n"), "$NAME"),
    Format("Dockerfile", "Dockerfile", _lines("ENV KEY='VALUE'", "FROM registry.example/base:1\n")),
    Format("script", "deploy.sh", _lines("export KEY='VALUE'", "#!/bin/sh\n")),
)
TEMPLATES = tuple(form for form in FORMATS if form.path in {".env", "settings.toml", "application.properties"})
