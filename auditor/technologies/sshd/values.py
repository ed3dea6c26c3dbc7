"""Read one value as sshd does (`servconf.c`, `convtime` and `a2port` in `misc.c`, OpenSSH 9.2)."""

import re
from collections.abc import Sequence
from typing import Final

from auditor.patterns import lazy

from .keywords import Keyword, Kind

_TIME = lazy(r"(\d{1,9})([smhdwSMHDW]?)")
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SAME: Final = {"without-password": "prohibit-password", "all": "yes", "delayed": "yes", "DEBUG1": "DEBUG"}
_METHODS: Final = (
    "publickey",
    "password",
    "keyboard-interactive",
    "hostbased",
    "gssapi-with-mic",
    "gssapi-keyex",
    "none",
)
_LAST_PORT: Final = 65535
_STARTUPS = lazy(r"\s*([+-]?\d{1,9})(?::\s*([+-]?\d{1,9}):\s*([+-]?\d{1,9}))?")


class ValueRefusedError(Exception):
    """sshd refuses the value; the text says what it expects."""


def port_number(word: str) -> int | None:
    """Return a port from 1 to 65535, None if it is none; sshd also takes the name of a service, which is `ssh`."""
    if word == "ssh":
        return 22
    return int(word) if re.fullmatch(r"0{0,9}\d{1,5}", word, re.ASCII) and 0 < int(word) <= _LAST_PORT else None


def normalise(keyword: Keyword, words: Sequence[str], rest: str) -> str:
    """Return the value as `sshd -T` shows it, times in seconds.

    Args:
        keyword: Whose value it is.
        words: What stands behind the keyword, split.
        rest: The same as written.

    Raises:
        ValueRefusedError: sshd would not start.
    """
    kind = keyword.kind
    if kind is Kind.RAW:
        return _command(keyword, rest)
    if kind is Kind.IGNORED:
        return rest
    if kind is Kind.WORDS:
        return _words(keyword, words)
    if not words or not words[0]:
        raise ValueRefusedError(f"expected a value for {keyword.name}")
    value = _single(keyword, words[0])
    if len(words) > 1:
        raise ValueRefusedError(f"expected nothing more behind the value of {keyword.name}")
    return value


def _single(keyword: Keyword, word: str) -> str:
    kind = keyword.kind
    if kind in {Kind.FLAG, Kind.CHOICE}:
        choices = keyword.choices or ("yes", "no")
        found = next((choice for choice in choices if choice.lower() == word.lower()), None)
        if found is None:
            raise ValueRefusedError(f"expected one of {', '.join(choices)} for {keyword.name}")
        return _SAME.get(found, found)
    if kind is Kind.TIME:
        return str(seconds(word, keyword.name))
    if kind is Kind.INTEGER:
        if not re.fullmatch(r"\s*[+-]?\d{1,9}", word):
            raise ValueRefusedError(f"expected a whole number for {keyword.name}")
        return str(int(word))
    return _word(keyword, word)


def seconds(word: str, name: str) -> int:
    """Return a time such as `1h30m` in seconds.

    Raises:
        ValueRefusedError: it is no time.
    """
    parts = _TIME.findall(word)
    if not parts or "".join(number + unit for number, unit in parts) != word:
        raise ValueRefusedError(f"expected a time such as 5m for {name}")
    total = sum(int(number) * _UNITS[unit.lower()] for number, unit in parts)
    if total >= 2**31:
        raise ValueRefusedError(f"expected a time below 68 years for {name}")
    return total


def _word(keyword: Keyword, word: str) -> str:
    if keyword.key == "port":
        port = port_number(word)
        if port is None:
            raise ValueRefusedError("expected a port from 1 to 65535 for Port")
        return str(port)
    if keyword.key == "maxstartups":
        return _startups(word)
    if keyword.choices and word not in keyword.choices:
        raise ValueRefusedError(f"expected one of {', '.join(keyword.choices)} for {keyword.name}")
    if keyword.key == "unusedconnectiontimeout":
        return "none" if word.lower() == "none" else str(seconds(word, keyword.name))
    return word


def _startups(word: str) -> str:
    match = _STARTUPS.match(word)
    begin = int(match[1]) if match else 0
    if match is not None and match[3] is not None:
        rate, full = int(match[2]), int(match[3])
        if 0 < begin <= full and 1 <= rate <= 100:
            return f"{begin}:{rate}:{full}"
    elif match is not None and begin > 0 and ":" not in word:
        return str(begin)
    raise ValueRefusedError("expected one number, or start:rate:full, for MaxStartups")


def _command(keyword: Keyword, rest: str) -> str:
    text = rest.lstrip(" \t\r\n")
    if not text:
        raise ValueRefusedError(f"expected a value for {keyword.name}")
    if keyword.key == "authorizedkeyscommand" and not text.startswith("/") and text.lower() != "none":
        raise ValueRefusedError("expected an absolute path for AuthorizedKeysCommand")
    return text


def _words(keyword: Keyword, words: Sequence[str]) -> str:
    if keyword.key in {"authorizedkeysfile", "allowusers", "denyusers", "allowgroups", "denygroups"} and "" in words:
        raise ValueRefusedError(f"expected no empty word for {keyword.name}")
    if keyword.key == "subsystem" and (len(words) < 2 or not words[0] or not words[1]):
        raise ValueRefusedError("expected a name and a command for Subsystem")
    if keyword.key == "authenticationmethods":
        _check_methods(words)
    if keyword.key == "channeltimeout":
        _check_timeouts(words)
    if keyword.key in {"listenaddress", "permitopen", "permitlisten"} and (not words or not words[0]):
        raise ValueRefusedError(f"expected a value for {keyword.name}")
    return " ".join(words)


def _check_methods(words: Sequence[str]) -> None:
    if not words:
        raise ValueRefusedError("expected methods for AuthenticationMethods")
    if "any" in words and len(words) > 1:
        raise ValueRefusedError("expected the word any to stand alone for AuthenticationMethods")
    for word in words:
        if word == "any":
            continue
        listed = word.split(",")
        names = [each.partition(":")[0] for each in listed]
        if any(name not in _METHODS for name in names) or len(set(listed)) < len(listed):
            raise ValueRefusedError("expected lists of publickey, password, keyboard-interactive and the like")


def _check_timeouts(words: Sequence[str]) -> None:
    if any(word.lower() == "none" for word in words):
        if len(words) > 1:
            raise ValueRefusedError("expected the word none to stand alone for ChannelTimeout")
        return
    for word in words:
        name, equals, time = word.partition("=")
        if not name or not equals:
            raise ValueRefusedError("expected type=time for ChannelTimeout")
        seconds(time, "ChannelTimeout")
