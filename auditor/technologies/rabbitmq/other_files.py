"""Other files of RabbitMQ: Erlang terms, exported definitions, enabled plugins, rabbitmq-env.conf, the cookie."""

from collections.abc import Iterator

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated, mask
from auditor.formats.tree import Mapping, Scalar
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown, settle
from auditor.model.workload import Variable
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from . import erlang
from .erlang import Term

_ERLANG_SECRETS = frozenset({"default_pass", "password", "anonymous_login_pass", "dn_lookup_bind_password", "secret"})
_VARIABLE = lazy(r"[ \t]*(?:export[ \t]+)?([A-Z][A-Z0-9_]*)=(?:\"([^\"]*)\"|'([^']*)'|([^\s#;]*))")


@dataclass(frozen=True, kw_only=True)
class ErlangConfig(Document):
    """An advanced.config or rabbitmq.config; `term` is None if the broker cannot read it."""

    term: Term | None = None
    refused: tuple[Problem, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        for path, term in _leaves(self.term, ()) if self.term is not None else ():
            if path[-1] in _ERLANG_SECRETS and term.kind in {"string", "atom"}:
                value = settle(term.text, "a template expression")
                yield Assignment(
                    key=path[-1], value=value, at=term.at, container="server-config", path=path[:-1], server_secret=True
                )


def _leaves(term: Term, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Term]]:
    for name, value in term.pairs:
        if value.kind == "list":
            yield from _leaves(value, (*path, name))
        else:
            yield (*path, name), value


def read_erlang(source: Source) -> ErlangConfig:
    """Read a configuration of Erlang terms."""
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    partial = "template expressions" if text != source.text else ""
    try:
        return ErlangConfig(source=source, term=erlang.parse(source, text), partial=partial)
    except FormatError as error:
        problem = Problem(at=error.at, message=error.expected)
        if partial:
            return ErlangConfig(source=source, problems=(problem,), partial=partial)
        return ErlangConfig(source=source, refused=(problem,))


@dataclass(frozen=True, kw_only=True)
class EnabledPlugins(Document):
    """The plugins that `rabbitmq-plugins` has switched on."""

    plugins: frozenset[str] = frozenset()


def read_plugins(source: Source) -> EnabledPlugins:
    """Read an enabled_plugins file: a list of atoms.

    Raises:
        FormatError: it is not.
    """
    term = erlang.parse(source, source.text)
    return EnabledPlugins(source=source, plugins=frozenset(item.text for item in term.items))


@dataclass(frozen=True, kw_only=True)
class RabbitEnv(Document):
    """A rabbitmq-env.conf: shell variables, with or without `RABBITMQ_` before their names."""

    variables: tuple[Variable, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        for variable in self.variables:
            yield Assignment(key=variable.name, value=variable.value, at=variable.at, container="server-config")


def read_env(source: Source) -> RabbitEnv:
    """Read the assignments of a rabbitmq-env.conf."""
    found: list[Variable] = []
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    for number, line in enumerate(text.split("\n"), 1):
        match = _VARIABLE.match(line)
        if match is not None:
            group = next((index for index in (2, 3, 4) if match[index] is not None), 4)
            value = settle(match[group], "a template expression")
            at = source.at(number, match.start(group) + 1, number, max(match.end(group), match.start(group) + 1))
            found.append(Variable(name="RABBITMQ_" + match[1].removeprefix("RABBITMQ_"), value=value, at=at))
    return RabbitEnv(
        source=source, variables=tuple(found), partial="" if text == source.text else "template expressions"
    )


@dataclass(frozen=True, kw_only=True)
class CookieFile(Document):
    """A .erlang.cookie: the one word that nodes and command-line tools know each other by."""

    cookie: str | Unknown
    at: Location

    def assignments(self) -> Iterator[Assignment]:
        yield Assignment(
            key="erlang_cookie", value=self.cookie, at=self.at, container="server-config", server_secret=True
        )


def read_cookie(source: Source) -> CookieFile:
    """Read the word of a cookie file."""
    text = source.text
    if is_templated(text):
        cookie = Unknown("a template expression")
        return CookieFile(source=source, cookie=cookie, at=source.at(), partial="template expressions")
    word = text.strip()
    before = text[: text.index(word)]
    number, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return CookieFile(source=source, cookie=word, at=source.at(number, column, number, column + len(word) - 1))


@dataclass(frozen=True, kw_only=True)
class DefinitionsFile(Document):
    """Exported definitions: users, permissions, queues and policies as JSON."""

    root: Mapping

    def assignments(self) -> Iterator[Assignment]:
        users = self.root.sequence("users")
        for user in users.mappings() if users is not None else ():
            password = user.scalar("password")
            if password is not None:
                value = settle(password.text, "a template expression")
                yield Assignment(
                    key="password",
                    value=value,
                    at=_inside(password),
                    container="server-config",
                    path=("rabbitmq", "users"),
                    server_secret=True,
                    principal=user.text("name"),
                )


def _inside(scalar: Scalar) -> Location:
    """Return the place of a JSON string without its quotes."""
    at = scalar.at
    if scalar.plain or at.end_line != at.line or at.end_column - at.column < 2:  # the two quotes
        return at
    return Location(at.path, at.line, at.column + 1, at.end_line, at.end_column - 1)


def read_definitions(source: Source) -> DefinitionsFile:
    """Read exported definitions.

    Raises:
        FormatError: it is not one JSON object.
    """
    nodes = yaml.parse(source)
    if len(nodes) != 1 or not isinstance(nodes[0], Mapping):
        raise FormatError(source.at(), "expected one JSON object of definitions")
    return DefinitionsFile(source=source, root=nodes[0])
