"""Secrets on RUN lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.technologies.dockerfile.document import DockerfileDocument, parse


def read(line: str) -> DockerfileDocument:
    return parse(Source(path="Dockerfile", text=f"FROM debian:12\n{line}\n"))


def said(line: str) -> dict[str, object]:
    """Return the values by their names."""
    return {each.key: each.value for each in read(line).assignments()}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("RUN export DB_PASSWORD=Harbour-7-river && ./setup", {"DB_PASSWORD": "Harbour-7-river"}),
        ('RUN A=1 API_TOKEN="Harbour-7-river" ./x', {"API_TOKEN": "Harbour-7-river"}),
        ("RUN true; B='a $b is 12' ./x", {"B": "a $b is 12"}),
        ("RUN env KEY=Harbour-7 ./x", {"KEY": "Harbour-7"}),
        ("RUN export KEY=$(openssl rand -hex 12)", {}),
        ('RUN export KEY="$OTHER" ./x', {}),
        ("RUN SECRET_KEY=dummy ./manage.py collectstatic", {}),
        ("RUN SECRET_KEY=build-only ./manage.py collectstatic", {}),
        ("RUN ./configure PREFIX=/opt", {}),
        ('RUN test "$KEY" = "x"', {}),
        ("RUN echo 'root:Harbour-7-river' | chpasswd", {"password of root": "Harbour-7-river"}),
        ('RUN echo "app:Harbour-7-river"|sudo chpasswd && true', {"password of app": "Harbour-7-river"}),
        ('RUN echo "root:$PASSWORD" | chpasswd', {}),
        ("RUN echo 'root:$6$abc$def' | chpasswd -e", {}),
        ("RUN mysqladmin -u root -pHarbour-7 create x", {"mysql password": "Harbour-7"}),
        ("RUN git clone https://bot:Harbour-7@git.clinic.example/x.git", {"URL password": "Harbour-7"}),
        ("RUN git clone https://bot:${TOKEN}@git.clinic.example/x.git", {}),
        ("RUN curl 'https://clinic.example/?password=x'", {}),
        ("LABEL api_key=Harbour-7-river", {"api_key": "Harbour-7-river"}),
        ('LABEL description="set password=foo to begin"', {}),
    ],
)  # fmt: skip
def test_what_a_line_says(line: str, found: dict[str, object]) -> None:
    assert said(line) == found


def test_places_of_continued_lines() -> None:
    document = read("RUN set -e; \\\n  # a note\n  export KEY=Harbour-7 && \\\n  echo 'root:Harbour-8' | chpasswd")
    key, password = document.assignments()
    assert (key.at.line, key.at.column, key.at.end_column) == (4, 14, 22)
    assert (password.at.line, password.principal) == (5, "root")


@given(st.text(alphabet="RUN exportKEY='\"=;&|:$ -pchpasswd@/\\", max_size=120))
def test_any_line_is_read(text: str) -> None:
    for each in read(f"RUN {text}").assignments():
        assert each.value != ""


def test_long_lines_take_little_time() -> None:
    assert said("RUN " + "export " * 20000) == {}
    assert said("RUN " + "A=Harbour-7 " * 20000)["A"] == "Harbour-7"
