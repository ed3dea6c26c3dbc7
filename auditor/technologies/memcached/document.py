"""Debian's memcached.conf (options, one or more on a line) and the sysconfig file of Red Hat's package.

Sources: `systemd-memcached-wrapper` of Debian's memcached 1.6.18; `memcached.sysconfig` and `memcached.service` of
Fedora's package.
"""

import re
from collections.abc import Iterator

from auditor.formats.template import is_templated, mask
from auditor.model.source import Source
from auditor.model.unknown import HOLE, settle
from auditor.model.workload import Located
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Document

_WORD = lazy(r"(?:\"[^\"]*\"|'[^']*'|\\.|[^\s\"'\\])+")
_COMMENT = lazy(r"(?<!\\)#.*")
_VARIABLE = lazy(r"[ \t]*(?:export[ \t]+)?([A-Z_]+)=(?:\"([^\"]*)\"|'([^']*)'|(\S*))")
_FLAGS = {"PORT": "-p", "USER": "-u", "MAXCONN": "-c", "CACHESIZE": "-m"}


@dataclass(frozen=True, kw_only=True)
class MemcachedConf(Document):
    """The words that the file puts behind `memcached`."""

    words: tuple[Located[str], ...] = ()


def read_document(source: Source) -> MemcachedConf:
    """Read either file; never raises."""
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    partial = "template expressions" if text != source.text else ""
    is_variables = re.search(r"^[ \t]*(?:OPTIONS|CACHESIZE|MAXCONN)=", text, re.M) is not None
    words = tuple(_of_variables(source, text) if is_variables else _of_lines(source, text))
    return MemcachedConf(source=source, words=words, partial=partial)


def _of_lines(source: Source, text: str) -> Iterator[Located[str]]:
    for number, written in enumerate(text.split("\n"), 1):
        line = _COMMENT.sub("", written).rstrip()
        # The wrapper passes over -d, -h and lines such as `logfile PATH`.
        if not line.strip() or line.lstrip().startswith(("-d", "-h")):
            continue
        if line.lstrip().startswith("-") or HOLE in line:
            yield from _words(source, line, number, 0)


def _of_variables(source: Source, text: str) -> Iterator[Located[str]]:
    for number, line in enumerate(text.split("\n"), 1):
        match = _VARIABLE.match(line)
        if match is None:
            continue
        group = next((index for index in (2, 3, 4) if match[index] is not None), 4)
        flag = _FLAGS.get(match[1])
        if flag is not None and match[group]:
            at = source.at(number, match.start(group) + 1, number, match.end(group))
            yield Located(value=flag, at=at)
            yield Located(value=settle(match[group], "a template expression"), at=at)
        elif match[1] == "OPTIONS":
            yield from _words(source, match[group], number, match.start(group))


def _words(source: Source, line: str, number: int, shift: int) -> Iterator[Located[str]]:
    for match in _WORD.finditer(line):
        at = source.at(number, match.start() + 1 + shift, number, match.end() + shift)
        value = re.sub(r"\"([^\"]*)\"|'([^']*)'|\\(.)", lambda m: m[1] or m[2] or m[3] or "", match[0])
        yield Located(value=settle(value, "a template expression"), at=at)
