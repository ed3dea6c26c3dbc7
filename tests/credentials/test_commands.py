import time

import pytest

from auditor.credentials.commands import passwords_among

VALUE = "Rm7-quiet-Harbor-41"


@pytest.mark.parametrize(
    ("words", "program"),
    [
        (["mysqladmin", "-uroot", f"-p{VALUE}", "ping"], "mysql"),
        ([f"exec mysqldump --single-transaction -u root -p'{VALUE}' clinic"], "mysql"),
        (["mariadb-admin", f"-p{VALUE}", "ping"], "mysql"),
        (["redis-cli", "-h", "cache", "-a", VALUE, "ping"], "redis-cli"),
        ([f'valkey-cli -a "{VALUE}" ping'], "redis-cli"),
        (["mongosh", "-u", "root", "-p", VALUE], "mongo"),
        ([f"sshpass -p {VALUE} ssh a@b"], "sshpass"),
        ([f"ldapsearch -x -D cn=a -w {VALUE}"], "ldap"),
        (["curl", "-s", "-u", f"clinic:{VALUE}", "https://x"], "curl"),
        ([f"PGPASSWORD={VALUE} psql -h db"], "psql"),
    ],
)
def test_the_password_is_found_in_its_word(words: list[str], program: str) -> None:
    (found,) = passwords_among(words)
    assert found.program == program
    assert words[found.word][found.start : found.end] == VALUE


@pytest.mark.parametrize(
    "words",
    [["mkdir", "-p", "/data"], ["mysqldump", "-p", "clinic"], ["redis-cli", "ping"], ["cp -a /a /b"], ["curl", "-u", "clinic", "https://x"], ["nc -p 80 mysql"], []],
)  # fmt: skip
def test_other_options(words: list[str]) -> None:
    assert list(passwords_among(words)) == []


@pytest.mark.parametrize("text", ["mysql " * 600, "curl -u " * 500, "redis-cli -a " * 300, "-p" * 2000])
def test_long_command_lines_take_little_time(text: str) -> None:
    started = time.perf_counter()
    list(passwords_among([text]))
    assert time.perf_counter() - started < 1
