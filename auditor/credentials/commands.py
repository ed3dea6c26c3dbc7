"""Passwords on command lines, where a program's short option or a variable before it gives one.

Long options name what they hold (`--password`); these do not: mysql `-pX`, redis-cli `-a X` and the like, each as the
program's manual has it (mysql 8.4, redis-cli 7.4, mongosh 2.3, curl 8, sshpass 1.10, OpenLDAP 2.6 client tools).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from auditor.patterns import lazy

MAX_LENGTH = 4096
"""Longest command line looked into, in characters."""
_REST = r"[^|;&\n]{0,1000}?\s"
_VALUE = r"(?P<quote>[\"']?)(?P<value>[^\s\"'|;&<>()]+)(?P=quote)"
_PATTERNS = (
    ("mysql", lazy(rf"(?<![\w-])(?:mysql\w*|mariadb(?:-\w+)?)\s(?:{_REST})?-p(?=\S){_VALUE}")),
    ("redis-cli", lazy(rf"(?<![\w-])(?:redis|valkey)-cli\s(?:{_REST})?-a\s+{_VALUE}")),
    ("mongo", lazy(rf"(?<![\w-])mongo\w*\s(?:{_REST})?-p\s+{_VALUE}")),
    ("sshpass", lazy(rf"(?<![\w-])sshpass\s+-p\s*{_VALUE}")),
    ("ldap", lazy(rf"(?<![\w-])ldap(?:search|modify|add|delete|passwd|whoami)\s(?:{_REST})?-w\s*{_VALUE}")),
    (
        "curl",
        lazy(
            rf"(?<![\w-])curl\s(?:{_REST})?(?:-u|--user)[\s=]\s*(?P<quote>[\"']?)[^\s:\"']+:"
            r"(?P<value>[^\s\"'|;&]+)(?P=quote)"
        ),
    ),
    ("psql", lazy(rf"(?<![\w-])PGPASSWORD={_VALUE}")),
)


class Spoken(NamedTuple):
    """A password among words: which word, where in it (`end` exclusive), and which program takes it."""

    program: str
    word: int
    start: int
    end: int


def passwords_among(words: Sequence[str]) -> Iterator[Spoken]:
    """Yield the passwords of a command line given as words, each of which may itself be a script."""
    text = " ".join(words)
    if len(text) > MAX_LENGTH:
        return
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    for program, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("value")
            index = next(number for number in range(len(words)) if start < starts[number + 1])
            if end <= starts[index] + len(words[index]):
                yield Spoken(program, index, start - starts[index], end - starts[index])
