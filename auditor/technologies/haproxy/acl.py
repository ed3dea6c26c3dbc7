"""Access lists and conditions, answered for one request (configuration manual 2.6, sections 7.1 and 7.2)."""

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from auditor.model.numbers import whole_number
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .requests import Request, Sample, sample

PREDEFINED: Mapping[str, tuple[str, ...]] = {
    "FALSE": ("always_false",), "TRUE": ("always_true",), "HTTP": ("req.proto_http",), "WAIT_END": ("wait_end",),
    "HTTP_1.0": ("req.ver", "1.0"), "HTTP_1.1": ("req.ver", "1.1"), "HTTP_2.0": ("req.ver", "2.0"),
    "HTTP_CONTENT": ("req.hdr_val(content-length)", "gt", "0"), "HTTP_URL_ABS": ("url_reg", "^[^/:]*://"),
    "HTTP_URL_SLASH": ("url_beg", "/"), "HTTP_URL_STAR": ("url", "*"), "LOCALHOST": ("src", "127.0.0.1/8", "::1"),
    "METH_CONNECT": ("method", "CONNECT"), "METH_DELETE": ("method", "DELETE"), "METH_GET": ("method", "GET", "HEAD"),
    "METH_HEAD": ("method", "HEAD"), "METH_OPTIONS": ("method", "OPTIONS"), "METH_POST": ("method", "POST"),
    "METH_PUT": ("method", "PUT"), "METH_TRACE": ("method", "TRACE"), "REQ_CONTENT": ("req.len", "gt", "0"),
    "RDP_COOKIE": ("req.rdp_cookie_cnt", "gt", "0"),
}  # fmt: skip
"""The lists that are there without being declared (configuration manual 2.6, section 7.4)."""

_CRITERION = lazy(r"(?P<name>[A-Za-z_][\w.\-]*)(?:\((?P<argument>[^()]*)\))?(?P<converters>(?:,[\w.\-]+)*)")
_METHODS = frozenset({"beg", "end", "sub", "dir", "dom", "reg", "len", "str"})
_OPERATORS: Mapping[str, Callable[[int, int], bool]] = {
    "eq": lambda a, b: a == b,
    "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "le": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
}
_RANGE = lazy(r"([0-9]{0,18})(?::([0-9]{0,18}))?")
_DECLARED = ("path", "url", "base", "hdr", "req.hdr", "req.fhdr", "fhdr")
"""Fetch methods that have variants with `_beg`, `_end` and so on."""

Acls = Mapping[str, Sequence[Sequence[str]]]
"""The declared lists: of each name the tests, which are alternatives."""


def any_of(answers: Iterable[bool | Unknown]) -> bool | Unknown:
    """Return whether one is true, as far as that is known."""
    doubt: Unknown | None = None
    for answer in answers:
        if isinstance(answer, Unknown):
            doubt = doubt or answer
        elif answer:
            return True
    return False if doubt is None else doubt


def negated(answer: bool | Unknown) -> bool | Unknown:
    """Return the opposite."""
    return answer if isinstance(answer, Unknown) else not answer


def all_of(answers: Iterable[bool | Unknown]) -> bool | Unknown:
    """Return whether all are true, as far as that is known."""
    return negated(any_of([negated(answer) for answer in answers]))


@dataclass(frozen=True)
class Term:
    """One list in a condition: by its name, or with its test within braces."""

    name: str
    test: tuple[str, ...]
    is_negated: bool


def terms_of(words: Sequence[str]) -> Iterator[list[Term]]:
    """Yield the alternatives of a condition; the terms of one have to be met together.

    A condition without a term has no alternative: it is never met.
    """
    terms: list[Term] = []
    place, is_negated = 0, False
    while place < len(words):
        word = words[place]
        place += 1
        while word.startswith("!"):
            is_negated, word = not is_negated, word[1:]
        if not word:
            continue
        if word.lower() == "or" or word == "||":
            if terms:
                yield terms
            terms = []
            continue
        test: tuple[str, ...] = ()
        if word == "{":
            end = next((i for i in range(place, len(words)) if words[i] == "}"), len(words))
            test, place, word = tuple(words[place:end]), end + 1, ""
        terms.append(Term(word, test, is_negated))
        is_negated = False
    if terms:
        yield terms


def condition_of(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return `if` or `unless` with the words behind it; "" where a rule has no condition."""
    place = next((i for i, word in enumerate(words) if word in {"if", "unless"}), None)
    return ("", ()) if place is None else (words[place], tuple(words[place + 1 :]))


@dataclass(frozen=True)
class Condition:
    """What stands behind `if` or `unless`; without alternatives it is never met."""

    is_negated: bool
    alternatives: tuple[Sequence[Term], ...]

    def met(self, acls: Acls, request: Request) -> bool | Unknown:
        """Return whether a rule with this condition applies to a request."""
        if len(self.alternatives) == 1 and len(self.alternatives[0]) == 1:
            answer = _term(self.alternatives[0][0], acls, request)
        else:
            answer = any_of([all_of([_term(term, acls, request) for term in terms]) for terms in self.alternatives])
        return negated(answer) if self.is_negated else answer


def read_condition(words: Sequence[str]) -> Condition | None:
    """Return the condition of a rule, None where it has none."""
    kind, condition = condition_of(words)
    return Condition(kind == "unless", tuple(terms_of(condition))) if kind else None


def _term(term: Term, acls: Acls, request: Request) -> bool | Unknown:
    if HOLE in term.name:
        return Unknown("a variable or a template fills in the condition")
    tests = [term.test] if not term.name else acls.get(term.name) or [PREDEFINED.get(term.name, ())]
    answer = any_of([_test(test, request) for test in tests])
    return negated(answer) if term.is_negated else answer


def _test(words: Sequence[str], request: Request) -> bool | Unknown:
    if not words or any(HOLE in word for word in words):
        return Unknown("the condition is not known")
    criterion = _CRITERION.fullmatch(words[0])
    if criterion is None:
        return Unknown(f"it depends on {words[0]}")
    name, method = criterion["name"], "str"
    base, _, ending = name.rpartition("_")
    if ending in _METHODS and base in _DECLARED:
        name, method = base, ending
    value = sample(name, criterion["argument"] or "", request)
    for converter in criterion["converters"].split(",")[1:]:
        value = _converted(value, converter)
    return value if isinstance(value, Unknown) else _compared(value, method, words[1:], is_address=name == "src")


def _converted(value: Sample | Unknown | None, converter: str) -> Sample | Unknown | None:
    if isinstance(value, str) and converter in {"lower", "upper"}:
        return value.lower() if converter == "lower" else value.upper()
    if isinstance(value, bool) and converter == "not":
        return not value
    return Unknown(f"it depends on the converter {converter}")


def _compared(value: Sample | None, method: str, words: Sequence[str], *, is_address: bool) -> bool | Unknown:
    """Compare a sample with the patterns behind a criterion."""
    rest, no_case, from_file = list(words), False, False
    while rest and rest[0].startswith("-") and len(rest[0]) == 2:
        flag = rest.pop(0)
        if flag == "--":
            break
        no_case = no_case or flag == "-i"
        if flag in {"-f", "-m", "-u"} and rest:
            argument = rest.pop(0)
            from_file = from_file or flag == "-f"
            method = argument if flag == "-m" else method
    if method == "found":
        return value is not None
    if value is None:
        return False
    if isinstance(value, bool):
        return value if not rest else Unknown("a truth value is compared with a pattern")
    if isinstance(value, int):
        answer = _number(value, rest)
    elif is_address:
        answer = any_of([_address(value, pattern) for pattern in rest])
    else:
        answer = any_of([_text(value, pattern, method, no_case=no_case) for pattern in rest])
    return Unknown("a file holds the patterns") if from_file and answer is not True else answer


def _number(value: int, words: Sequence[str]) -> bool | Unknown:
    compare = _OPERATORS.get(words[0]) if words else None
    if compare is not None:
        numbers = [whole_number(text) for text in words[1:]]
        return any_of([compare(value, number) for number in numbers if number is not None])
    found: list[bool] = []
    for text in words:
        match = _RANGE.fullmatch(text)
        if match is None:
            return Unknown("a number is compared with a pattern that is not one")
        low = int(match[1] or 0)
        high = low if match[2] is None else int(match[2] or 1 << 62)
        found.append(low <= value <= high)
    return any_of(found)


def _address(value: str, pattern: str) -> bool | Unknown:
    try:
        return ipaddress.ip_address(value) in ipaddress.ip_network(pattern, strict=False)
    except ValueError:
        return Unknown("an address is compared with a name")


def _text(value: str, pattern: str, method: str, *, no_case: bool) -> bool | Unknown:
    if no_case:
        value, pattern = value.lower(), pattern.lower()
    if method in {"dir", "dom"}:
        marks = "/?" if method == "dir" else "/?.:"
        return _is_part(value, pattern, marks)
    plain = {
        "str": value == pattern,
        "beg": value.startswith(pattern),
        "end": value.endswith(pattern),
        "sub": pattern in value,
    }
    return plain[method] if method in plain else Unknown("a regular expression decides")


def _is_part(value: str, pattern: str, marks: str) -> bool:
    """Tell whether a pattern stands in a text between marks (`match_word` of pattern.c)."""
    inner = pattern.strip(marks)
    if not inner:
        return False
    place = value.find(inner)
    while place >= 0:
        end = place + len(inner)
        if (place == 0 or value[place - 1] in marks) and (end == len(value) or value[end] in marks):
            return True
        place = value.find(inner, place + 1)
    return False
