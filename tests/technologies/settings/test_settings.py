import configparser
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.discovery import recognise
from auditor.model.source import Source
from auditor.technologies.document import Assignment
from auditor.technologies.settings import SETTINGS

VALUE = "Rm7-quiet-Harbor-41"
FILES = {
    "src/main/resources/application.yml": f"clinic:\n  datasource:\n    password: {VALUE}\n",
    "application-prod.yaml": f'clinic:\n  datasource:\n    password: "{VALUE}"\n',
    "application.properties": f"clinic.datasource.username=clinic\nclinic.datasource.password={VALUE}\n",
    "appsettings.Production.json": f'{{\n  // who\n  "Jwt": {{"Secret": "{VALUE}"}}\n}}',
    ".vscode/settings.json": f'{{\n  "a": 1, // one\n  "db.password": "{VALUE}", /* two */\n}}',
    "config.toml": f'[database]\nuser = "clinic"\npassword = "{VALUE}" # comment\n',
    "inline.toml": f'database = {{ user = "clinic", password = "{VALUE}" }}\n',
    "service.ini": f"[mail]\n; password = old\npassword = {VALUE}\n",
    "app.cfg": f"[mail]\npassword: {VALUE}  ; comment\n",
    "vars/main.yml": f"db_password: {VALUE}\n",
    "nuget.config": f'<configuration><apikeys><add key="ApiToken" value="{VALUE}"/></apikeys></configuration>',
    "deploy.sh": f"#!/bin/sh\nset -e\nexport DB_PASSWORD='{VALUE}'\nPGPASSWORD=\"$DB_PASSWORD\" psql\n",
    ".bash_profile": f"export API_TOKEN={VALUE}\n",
    "settings.xml": f"<settings><server><id>own</id><password>{VALUE}</password></server></settings>",
}


def values(path: str, text: str) -> list[Assignment]:
    recognised = recognise(path, text)
    assert recognised is not None
    assert recognised[0].id == "settings"
    return list(SETTINGS.parse(Source(path=path, text=text)).assignments())


@pytest.mark.parametrize("path", sorted(FILES))
def test_the_secret_is_found_where_it_stands(path: str) -> None:
    text = FILES[path]
    (found,) = [a for a in values(path, text) if a.value == VALUE]
    at = found.at
    assert text.split("\n")[at.line - 1][at.column - 1 : at.end_column] == VALUE


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/messages_de.properties", "login.password=Passwort\n"),
        ("i18n/texts.properties", "password=Password\n"),
        ("openapi.yaml", "openapi: 3.0.0\npaths:\n  /password: {}\n"),
        ("server.properties", "max-players=20\nmotd=hello\n"),
        ("pyproject.toml", '[tool.x]\npassword = "x"\n'),
        ("playbooks/site.yml", "- hosts: all\n  vars: {password: x}\n"),
        ("web.config", '<configuration><appSettings><add key="Token" value="x"/></appSettings></configuration>'),
        ("config.yaml", "colour: red\n"),
    ],
)
def test_what_is_left_to_others(path: str, text: str) -> None:
    recognised = recognise(path, text)
    assert recognised is None or recognised[0].id != "settings"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_any_text_is_read(text: str) -> None:
    for name in ("a.ini", "a.toml", "nuget.config", "a.properties"):
        source = Source(path=name, text=text)
        lines = text.split("\n")
        for found in SETTINGS.parse(source).assignments():
            assert 1 <= found.at.line <= len(lines)


_NAME = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
_TEXT = st.from_regex(r"[A-Za-z0-9!$%&*+/@.-]{1,20}", fullmatch=True)


@given(st.lists(st.tuples(_NAME, _NAME, _TEXT), min_size=1, max_size=5))
def test_sections_agree_with_the_standard_library(entries: list[tuple[str, str, str]]) -> None:
    """Both an INI reader and a TOML reader find the same texts."""
    unique = {(section, key): value for section, key, value in entries}
    sections: dict[str, dict[str, str]] = {}
    for (section, key), value in unique.items():
        sections.setdefault(section, {})[key] = value
    ini = "".join(f"[{s}]\n" + "".join(f"{k} = {v}\n" for k, v in inner.items()) for s, inner in sections.items())
    toml = "".join(f"[{s}]\n" + "".join(f'{k} = "{v}"\n' for k, v in inner.items()) for s, inner in sections.items())
    reader = configparser.RawConfigParser()
    reader.read_string(ini)
    for name, text, expected in (
        ("a.ini", ini, {s: dict(reader[s]) for s in reader.sections()}),
        ("a.toml", toml, tomllib.loads(toml)),
    ):
        found: dict[str, dict[str, object]] = {}
        for a in SETTINGS.parse(Source(path=name, text=text)).assignments():
            found.setdefault(a.path[0], {})[a.key] = a.value
        assert found == expected


def test_what_a_json_file_holds_in_comments_is_not_in_force() -> None:
    text = """{
  /* uncomment this:
  "users": {"admin": {"password": "in a comment"}}, */
  "url": "https://clinic.example/*", // "token": "behind a value"
  "sum": 60*5,
  "password": "Quiet-Harbor-9"
}
"""
    for content in (text, text.replace("60*5", "300")):
        found = list(SETTINGS.parse(Source(path="settings.json", text=content)).assignments())
        assert [(each.key, each.at.line) for each in found if isinstance(each.value, str) and each.key != "sum"] == [
            ("url", 4),
            ("password", 6),
        ]
