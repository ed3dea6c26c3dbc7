"""Configuration files whose text stands in a heredoc.

Where a heredoc tells its file's name: an entry of an object (`data = { "redis.conf" = <<-EOT … }` of a ConfigMap), the
`content` beside a `filename`, `path` or `destination`, and `write_files` of cloud-init in an instance's user data.
"""

from collections.abc import Iterator

from auditor.formats.cloud_init import is_cloud_config, mounted, written_files
from auditor.formats.hcl import Body, Call, Expression, Literal, ObjectExpr, Template, TupleExpr
from auditor.model.source import Source
from auditor.model.unknown import HOLE

_NAMING = ("filename", "path", "destination", "file", "name")


def files_in(body: Body) -> Iterator[Source]:
    """Yield the files that the heredocs of a body and of its blocks hold."""
    arguments = {attribute.name: attribute.value for attribute in body.attributes}
    yield from _of_arguments(arguments)
    for block in body.blocks:
        yield from files_in(block.body)


def _of_arguments(arguments: dict[str, Expression]) -> Iterator[Source]:
    named = next((name for key in _NAMING if (name := _file_name(arguments.get(key)))), "")
    for key, value in arguments.items():
        yield from _of_value(named if key == "content" else key, value)


def _of_value(name: str, value: Expression) -> Iterator[Source]:
    """Yield what an argument or entry called `name` holds."""
    if isinstance(value, ObjectExpr):
        entries = {
            key.value: below for key, below in value.entries if isinstance(key, Literal) and isinstance(key.value, str)
        }
        yield from _of_arguments(entries)
    elif isinstance(value, TupleExpr):
        for item in value.items:
            yield from _of_value(name, item)
    elif isinstance(value, Call):
        for argument in value.arguments:
            yield from _of_value(name, argument)
    elif isinstance(value, Literal | Template) and value.exact:
        at = value.text_at
        source = Source(path=at.path, text=_text(value), line=at.line, column=at.column, name=name)
        if is_cloud_config(source.text):
            yield from written_files(source)
            yield from mounted(source)
        elif "." in name:
            yield source


def _text(value: Literal | Template) -> str:
    """Return a heredoc's text with a hole for each expression, as many lines long as in the file."""
    if isinstance(value, Literal):
        return str(value.value)
    parts = (
        part if isinstance(part, str) else HOLE + "\n" * (max(part.at.end_line, part.at.line) - part.at.line)
        for part in value.parts
    )
    return "".join(parts)


def _file_name(value: Expression | None) -> str:
    """Return the last part of a path, "" where it is not written out."""
    if isinstance(value, Template):
        text = value.parts[-1] if value.parts and isinstance(value.parts[-1], str) else ""
    else:
        text = value.value if isinstance(value, Literal) and isinstance(value.value, str) else ""
    return text.rpartition("/")[2]
