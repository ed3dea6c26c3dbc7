"""A file of Apache HTTPD: its directives, and the named values that may be secrets."""

from collections.abc import Iterator

from auditor.formats.apache_directives import Directive, Parsed, Word, parse
from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import settle
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

TEMPLATE = "a template expression"
_NAMED = {"setenv", "define", "sslproxymachinecertificatekeypassword"}
_SECRETS = {
    "authldapbindpassword", "sessioncryptopassphrase", "authformsitepassphrase", "authformpassword",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ApacheConfig(Document):
    """A configuration file, a part of one, or a .htaccess.

    `inserts` are lines where a template puts in unknown lines, `conditional` those that a template may leave out.
    """

    directives: tuple[Directive, ...] = ()
    inserts: frozenset[int] = frozenset()
    conditional: frozenset[int] = frozenset()

    @property
    def is_htaccess(self) -> bool:
        """Whether it is a file that stands in the folder it is about."""
        return self.source.file_name.lower().startswith(".htaccess")

    @property
    def is_main(self) -> bool:
        """Whether a server is started with it, by its name or because it sets the server root."""
        named = self.source.file_name.lower().startswith(("httpd.conf", "apache2.conf"))
        names = {directive.name.text.lower() for directive in self.directives}
        addressed = "listen" in names or "serverroot" in names or self.loads_modules
        return "serverroot" in names or (named and addressed)

    @property
    def loads_modules(self) -> bool:
        """Whether it says, itself or by the files that distributions include for it, which modules are loaded."""
        loads = any(directive.name.text.lower() == "loadmodule" for directive in self.directives)
        included = " ".join(
            word.text
            for directive in self.directives
            if directive.name.text.lower().startswith("include")
            for word in directive.arguments
        )
        return loads or "mods-enabled" in included or "conf.modules.d" in included

    def assignments(self) -> Iterator[Assignment]:
        yield from _assignments(self.source, self.directives)


def parse_config(source: Source) -> ApacheConfig:
    """Read a file; the first line at which the server would stop becomes a problem."""
    text, inserts = mask(source.text) if is_templated(source.text) else (source.text, frozenset[int]())
    parsed: Parsed = parse(text)
    problems: tuple[Problem, ...] = ()
    if parsed.fault is not None and text == source.text:
        problems = (Problem(at=source.at(parsed.fault.line), message=f"expected {parsed.fault.expected}"),)
    return ApacheConfig(
        source=source,
        directives=parsed.directives,
        inserts=inserts,
        conditional=conditional_lines(source.text),
        problems=problems,
        partial="" if text == source.text else "template expressions",
    )


def place(source: Source, word: Word) -> Location:
    """Return where a word stands."""
    return source.at(word.line, word.column, word.end_line, word.end_column)


def _assignments(source: Source, directives: tuple[Directive, ...]) -> Iterator[Assignment]:
    for directive in directives:
        if directive.block is not None:
            yield from _assignments(source, directive.block)
            continue
        name, words = directive.name.text.lower(), directive.arguments
        if name in _SECRETS and words:
            yield _assignment(source, directive.name.text, words[-1], secret=True)
        elif name in _NAMED and len(words) == 2:
            yield _assignment(source, words[0].text, words[1], secret=False)
        elif name in {"proxypass", "proxypassmatch", "balancermember", "proxyset"}:
            for word in words:
                if word.text.lower().startswith("secret="):
                    yield _assignment(source, "secret", word, secret=True, skip=len("secret="))
        elif name in {"php_value", "php_admin_value"} and len(words) == 2:
            yield _assignment(source, words[0].text, words[1], secret=False)


def _assignment(source: Source, key: str, word: Word, *, secret: bool, skip: int = 0) -> Assignment:
    at = source.at(word.line, word.column + skip, word.end_line, word.end_column)
    value = settle(word.text[skip:], TEMPLATE)
    return Assignment(key=key, value=value, at=at, container="server-config", server_secret=secret)
