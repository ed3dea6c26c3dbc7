"""Names and values of options as the servers read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.unknown import Unknown
from auditor.technologies.mysql.resolve import resolve
from auditor.technologies.mysql.values import RefusedError, read
from auditor.technologies.mysql.variables import VARIABLES

from .reading import mariadb


@pytest.mark.parametrize(
    ("written", "name", "prefix"),
    [
        ("local-infile", "local_infile", ""),
        ("LOCAL_Infile", "local_infile", ""),
        ("skip-local-infile", "local_infile", "skip"),
        ("loose_disable_local-infile", "local_infile", "disable"),
        ("skip-networking", "skip_networking", ""),
        ("skip-skip-networking", "skip_networking", "skip"),
        ("local-inf", "local_infile", ""),
        ("hot.wait_timeout", "wait_timeout", ""),
        ("maximum-wait_timeout", "wait_timeout", "maximum"),
    ],
)
def test_names_of_mariadb(written: str, name: str, prefix: str) -> None:
    found = resolve(written, "mariadb", (10, 11))
    assert (found.name, found.prefix, found.refused) == (name, prefix, "")


@pytest.mark.parametrize("written", ["loc", "bogus", "mysqlx", "log_error_verbosity", "requires_secure_transport", ""])
def test_names_that_mariadb_refuses(written: str) -> None:
    assert resolve(written, "mariadb", (10, 11)).refused
    assert not resolve(f"loose-{written}", "mariadb", (10, 11)).refused or written in {"loc", ""}


def test_another_version_may_know_a_name() -> None:
    assert not resolve("bogus", "mariadb", (11, 4)).refused
    assert not resolve("bogus", "mysql", (8, 4)).refused


def test_mysql_takes_full_names_and_forgets_old_ones() -> None:
    assert resolve("local-inf", "mysql", (8, 0)).name == ""
    assert not resolve("default-authentication-plugin", "mysql", (8, 0)).refused
    assert resolve("default-authentication-plugin", "mysql", (8, 4)).refused
    assert resolve("skip-ssl", "mysql", (8, 4)).refused
    assert not resolve("loose-skip-ssl", "mysql", (8, 4)).refused
    assert resolve("validate_password.policy", "mysql", (8, 4)).name == "validate_password_policy"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("local_infile", "yes", "OFF"),
        ("local_infile", "TRUE", "ON"),
        ("innodb_doublewrite", "maybe", None),
        ("innodb_doublewrite", "0", "OFF"),
        ("skip_grant_tables", "1x", "ON"),
        ("wait_timeout", "10k", "10240"),
        ("wait_timeout", "2kb", "2048"),
        ("wait_timeout", "0", "1"),
        ("wait_timeout", "99999999999", "31536000"),
        ("port", "", "3306"),
        ("innodb_flush_log_at_trx_commit", "7", "3"),
        ("innodb_checksum_algorithm", "strict_f", "strict_full_crc32"),
        ("innodb_encrypt_tables", "1", "ON"),
        ("innodb_encrypt_tables", "fo", "FORCE"),
        ("log_output", "fi", "FILE"),
        ("log_output", "table,none", "NONE,TABLE"),
        ("log_output", "3", "NONE,FILE"),
        ("sql_mode", "ansi", "REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,ANSI"),
        ("sql_mode", "", ""),
    ],
)
def test_values(name: str, text: str, value: str | None) -> None:
    assert read(VARIABLES[name], text, "mariadb") == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("wait_timeout", "1.5"),
        ("wait_timeout", "-5"),
        ("wait_timeout", "x"),
        ("log_output", "fi,table"),
        ("log_output", "files"),
        ("sql_mode", "STRICT"),
        ("innodb_checksum_algorithm", "none"),
        ("innodb_encrypt_tables", "no"),
    ],
)
def test_refused_values(name: str, text: str) -> None:
    with pytest.raises(RefusedError):
        read(VARIABLES[name], text, "mariadb")


@given(st.integers(0, 2**31), st.sampled_from(["", "k", "K", "m", "G"]))
def test_numbers_keep_to_their_limits(number: int, unit: str) -> None:
    variable = VARIABLES["wait_timeout"]
    value = read(variable, f"{number}{unit}", "mariadb")
    assert value is not None
    assert variable.low <= int(value) <= variable.high


@given(st.sampled_from(sorted(VARIABLES)), st.text(max_size=12))
def test_any_value_is_read_or_refused(name: str, text: str) -> None:
    for product in ("mysql", "mariadb", ""):
        try:
            value = read(VARIABLES[name], text, product)
        except RefusedError:
            continue
        assert value is None or isinstance(value, str)


@given(st.text(max_size=20), st.sampled_from(["mysql", "mariadb", ""]))
def test_any_name_is_resolved(written: str, product: str) -> None:
    found = resolve(written, product, None)
    assert found.name == "" or found.name == found.name.lower()


def test_log_bin_is_a_name_and_a_switch() -> None:
    for line, value in {
        "log_bin=0": "ON",
        "log-bin": "ON",
        "log_bin=": "ON",
        "skip-log-bin": "OFF",
        "skip-log-bin=0": "ON",
        "log_bin=x\ndisable-log-bin": "OFF",
        "skip-log-bin\nlog-bin=x": "ON",
    }.items():
        assert mariadb(f"[mysqld]\n{line}\n").text("log_bin") == value, line


def test_a_bare_option_that_needs_a_value_is_refused() -> None:
    assert mariadb("[mysqld]\nbind-address\n").refused
    assert not mariadb("[mysqld]\nloose-bogus\n").refused


def test_an_unknown_value_stays_unknown() -> None:
    assert isinstance(mariadb("[mysqld]\nwait_timeout=${SECONDS}\n").number("wait_timeout"), Unknown)
