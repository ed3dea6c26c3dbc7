"""Compose files as written: recognition, named values and their places, problems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.errors import FormatError
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.compose import COMPOSE
from auditor.technologies.compose.words import split


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("docker-compose.yml", "services:\n  a:\n    image: x\n"),
        ("docker-compose.prod.yaml", "version: '3'\nservices:\n  a:\n    restart: always\n"),
        ("compose.override.yaml", "# c\nservices:\n  a: {}\n"),
        ("prod.docker-compose.yml.j2", "services:\n"),
        ("stack.yml", "version: '3'\nservices:\n\n  # web\n  web:\n    image: nginx\n"),
        ("docker-compose.yml", "web:\n  image: nginx\n  ports:\n"),
        ("docker-stack.yml", "services:\n  a:\n    image: x\n"),
    ],
)
def test_recognised(name: str, head: str) -> None:
    assert COMPOSE.recognise(name, name, head) is not None


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("services.yaml", "services:\n  _defaults:\n    autowire: true\n"),
        (".gitlab-ci.yml", "image: x\nservices:\n  - docker:dind\n"),
        ("openapi.yaml", "openapi: 3.0.0\npaths: {}\n"),
        ("compose.yaml", "apiVersion: v1\nkind: ConfigMap\n"),
        ("compose.yaml", "- hosts: all\n"),
        ("composer.json", '{"require": {}}'),
        ("compose.txt", "services:\n"),
        ("render.yaml", "services:\n  - type: web\n    image: x\n"),
    ],
)
def test_not_recognised(name: str, head: str) -> None:
    assert COMPOSE.recognise(name, name, head) is None


def assignments(text: str) -> dict[str, tuple[str | None, str]]:
    """Return key -> (value, the characters at its place)."""
    lines = text.split("\n")
    found: dict[str, tuple[str | None, str]] = {}
    for item in COMPOSE.parse(Source(path="compose.yaml", text=text)).assignments():
        if isinstance(item.value, str) and "\n" in item.value:
            continue
        assert item.at.line == item.at.end_line
        written = lines[item.at.line - 1][item.at.column - 1 : item.at.end_column]
        found[item.key] = (None if isinstance(item.value, Unknown) else item.value, written)
    return found


def test_secrets_inside_json_values_and_shell_texts() -> None:
    text = """\
services:
  a:
    image: x
    environment:
      ORTHANC_JSON: |
        {
          "Name": "pacs",
          // "Password": "old",
          "PostgreSQL": {"Password" : "one two", "Host": "db"}
        }
      ONE_LINE: '{"SecretKey": "three", "ApiKey": "${KEY}"}'
    healthcheck:
      test: ["CMD-SHELL", "/probe --user=x --pwd=four"]
    command: ["sh", "-c", 'exec redis-server --requirepass five --masterauth="$$(cat /run/secrets/pw)"']
"""
    found = assignments(text)
    assert found["Password"] == ("one two", "one two")
    assert found["SecretKey"] == ("three", "three")
    assert found["ApiKey"][0] in {None, "${KEY}"}
    assert found["pwd"] == ("four", "four")
    assert found["requirepass"] == ("five", "five")
    assert found["masterauth"][0] == "$(cat /run/secrets/pw)"  # Compose turns $$ into $


def test_places_cover_exactly_the_values() -> None:
    text = """\
x-common: &common
  SHARED: abc
services:
  a:
    image: x
    environment:
      <<: *common
      PLAIN: one
      QUOTED: "two words"
      DEFAULT: ${PW:-three}
      REFERENCE: ${PW}
      EMPTY_DEFAULT: ${PW:-}
    build:
      args:
        - TOKEN=four
        - "OTHER=five" # c
    command: server --password=six --user "seven eight"
    entrypoint: ["x", "--key", "nine"]
"""
    assert assignments(text) == {
        "SHARED": ("abc", "abc"),
        "PLAIN": ("one", "one"),
        "QUOTED": ("two words", "two words"),
        "DEFAULT": ("three", "three"),
        "REFERENCE": ("${PW}", "${PW}"),
        "EMPTY_DEFAULT": ("", "${PW:-}"),
        "TOKEN": ("four", "four"),
        "OTHER": ("five", "five"),
        "password": ("six", "six"),
        "user": ("seven eight", "seven eight"),
        "key": ("nine", "nine"),
    }


def test_merged_value_is_named_once() -> None:
    text = "x: &x {A: 1}\nservices:\n  a: {image: x, environment: *x}\n  b: {image: x, environment: *x}\n"
    assert len(list(COMPOSE.parse(Source(path="c", text=text)).assignments())) == 1


def test_container_tells_build_arguments_from_environment() -> None:
    text = "services:\n  a:\n    build: {context: ., args: {A: 1}}\n    environment: {B: 2}\n"
    found = {item.key: item.container for item in COMPOSE.parse(Source(path="c", text=text)).assignments()}
    assert found == {"A": "image", "B": "compose"}


def test_duplicate_service_is_a_problem() -> None:
    text = "services:\n  a: {image: x}\n  a: {image: y}\n"
    assert [problem.at.line for problem in COMPOSE.parse(Source(path="c", text=text)).problems] == [3]


def test_embedded_text_has_its_file_name() -> None:
    text = (
        "services:\n  a:\n    image: redis\n    configs: [{source: conf, target: /etc/redis/redis.conf}]\n"
        "    build:\n      dockerfile_inline: |\n        FROM redis\nconfigs:\n  conf:\n    content: |\n      port 1\n"
    )
    found = {source.file_name: source.line for source in COMPOSE.parse(Source(path="c", text=text)).embedded()}
    assert found == {"redis.conf": 11, "Dockerfile": 7}


YAML_LIKE = st.text(alphabet="services:\n  aimgx-[]{}&*<$\"'#|>!\t", max_size=200)


@given(YAML_LIKE)
def test_any_text_is_read_or_refused(text: str) -> None:
    lines = text.split("\n")
    try:
        document = COMPOSE.parse(Source(path="c", text=f"services:\n  a:\n    image: x\n    environment:\n{text}"))
    except FormatError:
        return
    for item in document.assignments():
        assert 1 <= item.at.line <= len(lines) + 5


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["C", "Z"], exclude_characters="'\"\\"), min_size=1)))
def test_split_gives_back_the_words_and_their_places(words: list[str]) -> None:
    line = " ".join(f"'{word}'" for word in words)
    assert [word for word, _, _ in split(line)] == words
    assert [line[start:end] for _, start, end in split(line)] == words


@given(st.text())
def test_split_places_lie_inside(line: str) -> None:
    for _, start, end in split(line):
        assert 0 <= start <= end <= len(line)
