"""Words of shell commands agree with what the shell itself makes of them."""

import os
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.unknown import Unknown
from auditor.technologies.redis.shell import commands

VARIABLES: dict[str, str | Unknown] = {"ONE": "sample", "TWO": "two words", "EMPTY": ""}
PIECES = st.sampled_from(
    [
        "a", "b", " ", " ", " ", "'x y'", "''", '""', '"q $ONE"', "$ONE", "$TWO", "$EMPTY", "$UNSET", '"$TWO"', '"$UNSET"',
        "${ONE}", "${UNSET:-d e}", "${EMPTY:-f}", "${EMPTY-f}", "${ONE:+g}", '"${TWO}"', "\\ ", "\\$ONE", "--opt", '"\\x"',
        "'$ONE'", "# no", "=", '"\\""',
    ]
)  # fmt: skip


def shell_words(script: str) -> list[str]:
    environment = {name: str(value) for name, value in VARIABLES.items()} | {"PATH": os.environ["PATH"]}
    shown = "show() { for word; do printf '%s\\0' \"$word\"; done; }\n"
    done = subprocess.run(
        ["sh", "-c", shown + script], env=environment, capture_output=True, text=True, check=True, timeout=10
    )
    return done.stdout.split("\0")[:-1]


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh")
@given(st.lists(PIECES, max_size=7))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_words_are_the_shells(pieces: list[str]) -> None:
    script = "show " + "".join(pieces)
    (found,) = commands(script, VARIABLES, complete=True)
    assert found[1:] == shell_words(script)


@given(st.text(alphabet="ab $'\"\\{}():-`;&|<>\n#", max_size=40))
def test_no_script_makes_it_fail(script: str) -> None:
    assert all(list(commands(script, VARIABLES, complete=False)))


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (
            "cd /data && redis-server --port 1; echo done",
            [["cd", "/data"], ["redis-server", "--port", "1"], ["echo", "done"]],
        ),
        ("redis-server > /dev/null 2>&1 &", [["redis-server"]]),
        ("# comment\nredis-server # rest", [["redis-server"]]),
        ("(redis-server)", [["redis-server"]]),
        ("redis-server \\\n  --port 1 \\\n# comment\n", [["redis-server", "--port", "1"]]),
    ],
)
def test_commands_of_a_script(script: str, words: list[list[str]]) -> None:
    assert list(commands(script, {}, complete=True)) == words


@pytest.mark.parametrize("word", ["$(cat /run/secret)", "`cat /run/secret`", "$OTHER", '"a$OTHER"', "${OTHER:?needed}"])
def test_what_only_the_run_tells_is_not_known(word: str) -> None:
    (found,) = commands(f"redis-server --requirepass {word}", {}, complete=False)
    assert found[:2] == ["redis-server", "--requirepass"]
    assert isinstance(found[2], Unknown)
