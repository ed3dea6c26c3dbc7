"""Passwords in connection strings."""

import pytest

from auditor.credentials.urls import passwords_in


@pytest.mark.parametrize("before", ["Server=db;User Id=app;", "Driver={ODBC};Server=db; "])
@pytest.mark.parametrize("behind", ["", ";Encrypt=False", "; Database=a b"])
@pytest.mark.parametrize(
    ("written", "password"),
    [
        ("harbour7", "harbour7"),
        ("harbour 7 river", "harbour 7 river"),
        ("harbour''7&x=y", "harbour''7&x=y"),
        ("'harbour;7 river'", "harbour;7 river"),
        ('"harbour;7"', "harbour;7"),
        ("{harbour;7}", "harbour;7"),
    ],
)
def test_a_password_of_settings_goes_on_to_the_semicolon(before: str, behind: str, written: str, password: str) -> None:
    value = f"{before}Password={written}{behind}"
    (found,) = passwords_in(value)
    assert found.password == value[found.start : found.end] == password


@pytest.mark.parametrize(
    ("value", "password"),
    [
        ("host=db user=app password=harbour7 dbname=clinic", "harbour7"),
        ("jdbc:mysql:db?user=app&password=harbour7&ssl=true", "harbour7"),
        ("true; PASSWORD=harbour7 ./setup", "harbour7"),
    ],
)
def test_elsewhere_a_password_ends_at_a_blank(value: str, password: str) -> None:
    assert [found.password for found in passwords_in(value)] == [password]
