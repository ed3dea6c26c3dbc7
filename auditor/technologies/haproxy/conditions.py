"""Conditional blocks: `.if`, `.elif`, `.else`, `.endif` (configuration manual 2.6, section 2.4)."""

from dataclasses import field

from auditor.model.numbers import whole_number
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import Version

from .lines import Lookup

_TOKEN = lazy(r"\s*(\(|\)|!|&&|\|\||[\w]+\((?:[^()]|\"[^\"]*\")*\)|[^\s()!&|]+)")
_CALL = lazy(r"(\w+)\((.*)\)")
_NUMBERS = lazy(r"[0-9]{1,9}")
_DEEPEST = 32
"""Nested parentheses that are read; HAProxy nests conditional blocks to 64 levels (MAX_CFG_RECURSION is 1024)."""

_UNDECIDED = Unknown("a conditional block decides whether the line is there")


@dataclass
class Block:
    """One `.if` with what follows it: whether its present branch is read, and whether an earlier one was."""

    reads: bool | Unknown
    taken: bool | Unknown
    has_else: bool = False


@dataclass
class Blocks:
    """The conditional blocks that a line stands in."""

    lookup: Lookup
    version: Version | None
    open: list[Block] = field(default_factory=list[Block])

    @property
    def reads(self) -> bool | Unknown:
        """Whether lines here are read."""
        states = [block.reads for block in self.open]
        if any(state is False for state in states):
            return False
        return next((state for state in states if isinstance(state, Unknown)), True)

    def take(self, keyword: str, condition: str) -> str:
        """Read a line that begins with a dot; return what HAProxy expects instead, "" if it takes the line."""
        if keyword == ".if":
            met = self.evaluate(condition) if self.reads is not False else False
            self.open.append(Block(met, met))
        elif keyword in {".elif", ".else", ".endif"}:
            if not self.open:
                return f"expected .if before {keyword}"
            if keyword == ".endif":
                self.open.pop()
            elif self.open[-1].has_else:
                return f"expected .endif and no {keyword} behind .else"
            else:
                self._branch(self.open[-1], keyword, condition)
        return ""

    def _branch(self, block: Block, keyword: str, condition: str) -> None:
        met = True if keyword == ".else" else self.evaluate(condition)
        block.has_else = keyword == ".else"
        if block.taken is True:
            block.reads = False
        elif isinstance(block.taken, Unknown):
            block.reads = False if met is False else _UNDECIDED
        else:
            block.reads = block.taken = met

    def evaluate(self, condition: str) -> bool | Unknown:
        """Return whether a condition is met, Unknown where the files do not tell."""
        tokens = [match[1] for match in _TOKEN.finditer(condition)]
        if not tokens:
            return False
        answer = self._any(tokens, 0)
        return _UNDECIDED if tokens else answer  # something is left over: not an expression that is known here

    def _any(self, tokens: list[str], depth: int) -> bool | Unknown:
        answers = [self._all(tokens, depth)]
        while tokens and tokens[0] == "||":
            tokens.pop(0)
            answers.append(self._all(tokens, depth))
        if True in answers:
            return True
        return next((answer for answer in answers if isinstance(answer, Unknown)), False)

    def _all(self, tokens: list[str], depth: int) -> bool | Unknown:
        answers = [self._one(tokens, depth)]
        while tokens and tokens[0] == "&&":
            tokens.pop(0)
            answers.append(self._one(tokens, depth))
        if False in answers:
            return False
        return next((answer for answer in answers if isinstance(answer, Unknown)), True)

    def _one(self, tokens: list[str], depth: int) -> bool | Unknown:
        first = tokens.pop(0) if tokens else ""
        if depth > _DEEPEST:
            return _UNDECIDED
        if first == "!":
            answer = self._one(tokens, depth + 1)
            return answer if isinstance(answer, Unknown) else not answer
        if first == "(":
            answer = self._any(tokens, depth + 1)
            if tokens and tokens[0] == ")":
                tokens.pop(0)
            return answer
        number = whole_number(first)
        if number is not None:
            return number != 0
        call = _CALL.fullmatch(first)
        return self._predicate(call[1], call[2]) if call is not None else _UNDECIDED

    def _predicate(self, name: str, arguments: str) -> bool | Unknown:
        if HOLE in arguments:
            return _UNDECIDED
        if name == "defined":
            value = self.lookup(arguments.strip())
            return _UNDECIDED if isinstance(value, Unknown) else value is not None
        if name in {"streq", "strneq"}:
            first, _, second = arguments.partition(",")
            return (first == second) is (name == "streq")
        if name in {"version_atleast", "version_before"} and self.version is not None:
            asked = tuple(int(number) for number in _NUMBERS.findall(arguments.partition("-")[0])[:2])
            return (self.version >= asked) is (name == "version_atleast")
        if name == "feature" and arguments.strip() == "OPENSSL":
            return True  # every distribution and the official image build with it
        return _UNDECIDED
