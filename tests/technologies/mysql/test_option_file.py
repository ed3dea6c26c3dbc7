"""Lines of option files: groups, comments, quotes, escapes, includes, and where things stand."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.mysql.option_file import Include, Option, OptionFile, parse


def read(text: str) -> OptionFile:
    return parse(Source(path="my.cnf", text=text))


def options(text: str) -> list[tuple[str, str, str | Unknown | None]]:
    return [(option.group, option.name, option.value) for option in read(text).options]


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("port=3306", "port", "3306"),
        ("  port \t=  3306 \r", "port", "3306"),
        ("port=3306 # the usual one", "port", "3306"),
        ("skip-networking", "skip-networking", None),
        ("skip-networking # no network", "skip-networking", None),
        ("datadir=", "datadir", ""),
        ('datadir="/srv/my data"', "datadir", "/srv/my data"),
        ("datadir='/srv'", "datadir", "/srv"),
        ('init_connect="SET x=1 # y"', "init_connect", "SET x=1 # y"),
        ("init_connect='it", "init_connect", "'it"),
        ("init_connect='a # b", "init_connect", "'a # b"),
        ('init_connect="a" b', "init_connect", '"a" b'),
        ('init_connect="', "init_connect", '"'),
        (r"init_connect=a\tb\sc\\d\xe", "init_connect", "a\tb c\\d\\xe"),
        ('init_connect="a\\"b#c" # d', "init_connect", 'a"b#c'),
        ("init_connect=C:\\", "init_connect", "C:\\"),
        ("a=b=c", "a", "b=c"),
    ],
)
def test_values(line: str, name: str, value: str | None) -> None:
    assert options(f"[mysqld]\n{line}\n") == [("mysqld", name, value)]


def test_comments_and_groups() -> None:
    text = "# a\n; b\n\n[ MYSQLD ]\nx=1\n[mysqld ] # c\ny=2\n"
    assert options(text) == [(" mysqld", "x", "1"), ("mysqld", "y", "2")]


@pytest.mark.parametrize(
    "text", ["port=1\n[mysqld]\n", "[mysqld\nport=1\n", "[mysqld]\n!include\n", "[mysqld]\n!includedir \n"]
)
def test_the_server_gives_up(text: str) -> None:
    document = read(text)
    assert document.fatal is not None
    assert document.problems == (document.fatal,)
    assert not list(document.options)


def test_what_stands_above_a_broken_line_counts() -> None:
    document = read("[mysqld]\nport=1\n[broken\nport=2\n[server]\nport=3\n")
    assert [option.value for option in document.options] == ["1"]
    assert document.groups == ("mysqld", "server")


def test_includes() -> None:
    document = read("!include a.cnf\n! includedir  /etc/x y/ \n!includes z\n!bogus\n!include ${X}\n!include last.cnfX")
    found = [(entry.path, entry.is_folder) for entry in document.entries if isinstance(entry, Include)]
    # Without a line end, the last character of a path is cut off (`get_argument` in my_default.c).
    assert found[:2] == [("a.cnf", False), ("/etc/x y/", True)]
    assert isinstance(found[2][0], Unknown)
    assert found[3] == ("last.cnf", False)


def test_places() -> None:
    (option,) = read("[client]\n  password = 'sample' # x\n").options
    at = option.value_at
    assert (at.line, at.column, at.end_column) == (2, 15, 20)
    assert (option.at.column, option.at.end_column) == (3, 21)


def test_passwords_are_found() -> None:
    text = "[client]\nuser=app\npassword=sample-one\n[mysqldump]\nPassword='sample-two'\n[mysqld]\nwsrep_sst_auth=a:b\nport=1\n"
    found = [(a.key, a.path, a.value, a.principal, a.server_secret) for a in read(text).assignments()]
    assert found == [
        ("password", ("client",), "sample-one", "app", True),
        ("password", ("mysqldump",), "sample-two", None, True),
        ("wsrep_sst_auth", ("mysqld",), "a:b", None, True),
    ]
    assert "sample-one" not in repr(read(text))


def test_templates() -> None:
    text = "[mysqld]\nport={{ port }}\n{% if x %}\nlocal_infile=1\n{% endif %}\n{{ more }}\nsocket=/run/s\n"
    document = read(text)
    found = {option.name: option for option in document.options}
    assert isinstance(found["port"].value, Unknown)
    assert found["local_infile"].conditional
    assert not found["socket"].conditional
    assert document.partial


@given(st.text(st.sampled_from("ab=#'\"\\ \t[]!;\n\r{}%$"), max_size=60))
def test_any_text_is_read(text: str) -> None:
    document = read(text)
    for entry in document.entries:
        assert 1 <= entry.line <= text.count("\n") + 1
        if isinstance(entry, Option) and isinstance(entry.value, str):
            assert "\n" not in entry.name


@given(st.text(string.ascii_letters + string.digits + " #'/;=[]!{", min_size=1, max_size=30))
def test_a_quoted_value_comes_back(value: str) -> None:
    """Double quotes keep everything but other double quotes and backslashes."""
    assert options(f'[mysqld]\nx="{value}"\n') == [("mysqld", "x", value)]
