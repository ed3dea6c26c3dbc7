"""Statements of IAM policies, wherever Terraform takes them from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from auditor.api import CloudResource, Location, UndecidedError, Unknown, is_everywhere


@dataclass(frozen=True)
class Statement:
    """One statement. A list that is not known or names exceptions (`NotAction`) is empty.

    Single items that are not known are left out: they are addresses of resources, never `*`. `conditional` is False
    for a condition that every address meets. `doubt` says why a whole list is not known.
    """

    allows: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    principals: tuple[str, ...]
    names_principal: bool
    conditional: bool
    at: Location
    doubt: str = ""


def statements(resource: CloudResource, argument: str) -> Iterator[Statement]:
    """Yield the statements of a policy written as JSON, by `jsonencode` or as an `aws_iam_policy_document`.

    Raises:
        UndecidedError: the policy is not in the files.
    """
    documents = [other for other in resource.referenced(argument) if other.type == "data.aws_iam_policy_document"]
    value = resource.value(argument)
    if value is None:
        return
    if documents and isinstance(value, Unknown):
        for document in documents:
            yield from document_statements(document)
        return
    policy = resource.document(argument)
    if isinstance(policy, Unknown):
        raise UndecidedError(policy.reason)
    for entry in _objects(_object(policy).get("Statement")):
        yield _of_json(entry, resource.where(argument))


def document_statements(document: CloudResource) -> Iterator[Statement]:
    """Yield the statements of an `aws_iam_policy_document`; `effect` is Allow unless it says otherwise."""
    for block in document.blocks("statement"):
        actions, resources = block.texts("actions"), block.texts("resources")
        principals = (
            name
            for principal in block.blocks("principals")
            if principal.text("type") in {"*", "AWS"}
            for name in _known(principal.texts("identifiers"))
        )
        yield Statement(
            allows=block.text("effect", default="Allow") == "Allow",
            actions=_known(actions),
            resources=_known(resources),
            principals=tuple(principals),
            names_principal=bool(block.blocks("principals") or block.blocks("not_principals")),
            conditional=any(
                not _is_no_limit(condition.text("test"), _known(condition.texts("values")))
                for condition in block.blocks("condition")
            ),
            at=block.where("actions"),
            doubt=next((value.reason for value in (actions, resources) if isinstance(value, Unknown)), ""),
        )


def _known(value: tuple[str | Unknown, ...] | Unknown) -> tuple[str, ...]:
    return () if isinstance(value, Unknown) else tuple(item for item in value if isinstance(item, str))


def _of_json(entry: dict[str, Any], at: Location) -> Statement:
    principal: object = entry.get("Principal")
    by_kind = _object(principal)
    names: object = by_kind.get("AWS") if by_kind else principal
    lists = (entry.get("Action"), entry.get("Resource"))
    return Statement(
        allows=entry.get("Effect") == "Allow",
        actions=_words(lists[0]),
        resources=_words(lists[1]),
        principals=_words(names),
        names_principal="Principal" in entry or "NotPrincipal" in entry,
        conditional=any(
            not _is_no_limit(test, _words(values))
            for test, keys in _object(entry.get("Condition")).items()
            for values in _object(keys).values()
        ),
        at=at,
        doubt=next((value.reason for value in lists if type(value) is Unknown), ""),
    )


def _is_no_limit(test: str | Unknown, values: tuple[str, ...]) -> bool:
    """Tell whether a condition on addresses admits all of them."""
    return isinstance(test, str) and test == "IpAddress" and any(is_everywhere(value) for value in values)


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _items(value: object) -> list[object]:
    if isinstance(value, list):
        return cast("list[object]", value)
    return [] if value is None else [value]


def _objects(value: object) -> Iterator[dict[str, Any]]:
    return (found for item in _items(value) if (found := _object(item)))


def _words(value: object) -> tuple[str, ...]:
    return tuple(item for item in _items(value) if isinstance(item, str))
