"""Cut a value into the words and patterns that somebody who guesses would try, with the guesses that each takes.

The words are those of zxcvbn (common passwords, English, names) with their ranks, and the guesses are counted as its
authors do (D. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016): a word's rank but at
least 50, ten for a character that no word or pattern covers. The matching is our own, because that of the library takes
milliseconds for each value.
"""

import math
from collections.abc import Callable
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import NamedTuple

from auditor.patterns import lazy

_MIN_GUESSES = 50
_CAPITALS = 0.3
"""Added for capitals: twice the guesses."""
_LEET_COST = 0.6
_MIN_LENGTH, _MAX_LENGTH = 3, 14
_MANY = 100
"""Words from which on it pays to put the lists together."""
_PATTERN_GUESSES = 2.0
"""Of a repeat, a sequence or a row of keys: a start, a direction and a length."""
_LEET = str.maketrans("4@831!0$57", "aabeiiosst")
_LEET_INSIDE = lazy(r"[a-z][4@831!0$57]+[a-z]|[a-z][@$!]|[@$!][a-z]")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertz", "azerty")
_RUNS = "".join(f" {row} {row[::-1]}" for row in _ROWS)
_RUNS_BEGIN = frozenset(_RUNS[start : start + _MIN_LENGTH] for start in range(len(_RUNS) - _MIN_LENGTH + 1))


class Part(NamedTuple):
    """A part of a value: how long it is, the decimal logarithm of its guesses, and whether it is a word or pattern."""

    length: int
    guesses: float
    is_pattern: bool


_CHARACTER = Part(1, 1.0, is_pattern=False)


def _frequency_lists() -> list[list[str]]:
    """Return zxcvbn's lists, the commonest word first; its package prepares much else when it is imported."""
    package = find_spec("zxcvbn")
    spec = PathFinder.find_spec("zxcvbn.frequency_lists", package.submodule_search_locations if package else None)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("zxcvbn has no frequency_lists; install the version that pyproject.toml names")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.FREQUENCY_LISTS.values())


class _Words:
    """The lists of words. Putting them together takes 50 ms, so it is done for who asks about many words only."""

    def __init__(self) -> None:
        self._lists = tuple(dict(zip(words, range(1, len(words) + 1), strict=True)) for words in _frequency_lists())
        self._asked = 0
        self._ranks: dict[str, int] | None = None
        self._beginnings: frozenset[str] = frozenset()

    def lookup(self) -> Callable[[str], int | None]:
        """Count a word that is asked about, and return what gives the rank of a text, None if it is on no list."""
        self._asked += 1
        if self._asked == _MANY:
            ranks: dict[str, int] = {}
            for words in self._lists:
                for word, rank in words.items():
                    if len(word) >= _MIN_LENGTH and rank < ranks.get(word, rank + 1):
                        ranks[word] = rank
            self._ranks = ranks
            self._beginnings = frozenset(word[:_MIN_LENGTH] for word in ranks)
        return self._rank if self._ranks is None else self._ranks.get

    @property
    def beginnings(self) -> frozenset[str] | None:
        """How words begin; None where that is not put together, so that any text may."""
        return self._beginnings if self._ranks is not None else None

    def _rank(self, text: str) -> int | None:
        return min((words[text] for words in self._lists if text in words), default=None)


_words = cache(_Words)


def parts_of(word: str) -> list[Part]:
    """Return the cheapest way to guess a word, part by part: the fewest guesses in all."""
    lower = word.lower()
    plain = lower.translate(_LEET) if _LEET_INSIDE.search(lower) else lower
    words = _words()
    rank_of = words.lookup()
    beginnings = words.beginnings
    size = len(word)
    cost = [0.0] * (size + 1)
    chosen: list[Part] = [_CHARACTER] * (size + 1)
    for start in range(size - 1, -1, -1):
        best, part = cost[start + 1] + 1.0, _CHARACTER
        opening = lower[start : start + _MIN_LENGTH]
        may_be_pattern = opening in _RUNS_BEGIN or opening == opening[:1] * _MIN_LENGTH
        may_be_word = (
            beginnings is None
            or opening in beginnings
            or (plain is not lower and plain[start : start + _MIN_LENGTH] in beginnings)
        )
        last = min(size, start + _MAX_LENGTH) if may_be_pattern or may_be_word else 0
        for end in range(start + _MIN_LENGTH, last + 1):
            text = lower[start:end]
            if may_be_pattern and (text in _RUNS or len(set(text)) == 1):
                guesses = _PATTERN_GUESSES
            else:
                rank, leet = rank_of(text), 0.0
                if rank is None and plain is not lower:
                    rank, leet = rank_of(plain[start:end]), _LEET_COST
                if rank is None:
                    continue
                capitals = _CAPITALS if word[start:end] != text else 0.0
                guesses = math.log10(max(rank, _MIN_GUESSES)) + leet + capitals
            if cost[end] + guesses < best:
                best, part = cost[end] + guesses, Part(end - start, guesses, is_pattern=True)
        cost[start] = best
        chosen[start] = part
    parts: list[Part] = []
    start = 0
    while start < size:
        parts.append(chosen[start])
        start += chosen[start].length
    return parts
