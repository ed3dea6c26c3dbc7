"""Our reading of literals agrees with python-hcl2's on every Terraform file of the samples and on texts of our own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import hcl2
import pytest
from hcl2.utils import SerializationOptions

from auditor.formats.hcl import Block, Body, Literal, ObjectExpr, TupleExpr, Unary, parse
from auditor.formats.hcl.tree import Expression
from auditor.model.source import Source

ROOT = Path(__file__).parents[3]
SAMPLES = sorted((ROOT / "samples").rglob("*.tf"))
FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.tf"))


class Skip:
    """Stands for what is no literal."""


def plain(expression: Expression) -> Any:
    """The value of a literal, list or object of literals; Skip for any other expression."""
    match expression:
        case Literal(value=value):
            return value
        case Unary(operator="-", operand=Literal(value=int() | float() as value)):
            return -value
        case TupleExpr(items=items):
            return [plain(item) for item in items]
        case ObjectExpr(entries=entries):
            return {key.value: plain(value) for key, value in entries if isinstance(key, Literal)}
        case _:
            return Skip


def agrees(ours: Any, theirs: Any) -> bool:
    if ours is Skip:
        return isinstance(theirs, str)  # an expression, which python-hcl2 gives as text
    if isinstance(ours, list):
        return isinstance(theirs, list) and all_agree(ours, theirs)
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and entries_agree(ours, theirs)
    if isinstance(ours, str):
        return isinstance(theirs, str) and same_text(ours, theirs)
    return bool(ours == theirs) and isinstance(ours, bool) == isinstance(theirs, bool)


def all_agree(ours: Any, theirs: Any) -> bool:
    return len(ours) == len(theirs) and all(map(agrees, ours, theirs))


def entries_agree(ours: Any, theirs: Any) -> bool:
    return all(any(agrees(value, theirs.get(form)) for form in (key, f'"{key}"')) for key, value in ours.items())


def same_text(ours: str, theirs: str) -> bool:
    """python-hcl2 leaves escapes and heredocs as written, so only texts without them are compared."""
    return (
        "\\" in theirs
        or "$${" in theirs
        or "%%{" in theirs
        or theirs.strip('"').startswith("<<")
        or theirs == f'"{ours}"'
    )


def compare(body: Body, theirs: dict[str, Any], path: str) -> Iterator[str]:
    for attribute in body.attributes:
        if attribute.name not in theirs or not agrees(plain(attribute.value), theirs[attribute.name]):
            yield f"{path}{attribute.name} at {attribute.at}"
    names = {attribute.name for attribute in body.attributes} | {block.type for block in body.blocks}
    extra = {name for name in theirs if not name.startswith("__")} - names
    if extra:
        yield f"{path} lacks {sorted(extra)}"
    for kind in {block.type for block in body.blocks}:
        blocks = [block for block in body.blocks if block.type == kind]
        found = theirs.get(kind, [])
        if len(blocks) != len(found):
            yield f"{path}{kind}: {len(blocks)} blocks, not {len(found)}"
            continue
        for block, other in zip(blocks, found, strict=True):
            yield from compare(block.body, below_labels(block, other), f"{path}{kind}.")


def below_labels(block: Block, other: dict[str, Any]) -> dict[str, Any]:
    for label in block.labels:
        other = other.get(label, other.get(f'"{label}"'))  # type: ignore[assignment]  # None fails the next step
        assert other is not None, f"{block.type} lacks the label {label}"
    return other


@pytest.mark.parametrize("path", [*SAMPLES, *FIXTURES], ids=lambda path: str(path.relative_to(ROOT)))
def test_literals_agree(path: Path) -> None:
    text = path.read_text("utf-8")
    file = parse(Source(path=path.name, text=text))
    assert not file.problems
    options = SerializationOptions(with_comments=False, preserve_scientific_notation=False)
    theirs = cast("dict[str, Any]", hcl2.loads(text, serialization_options=options))  # pyright: ignore[reportUnknownMemberType]  # the library's own types are open
    assert list(compare(file.body, theirs, "")) == []


def test_there_is_something_to_compare() -> None:
    assert len(FIXTURES) >= 2
