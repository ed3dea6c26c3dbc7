"""Statements of IAM policies, wherever Terraform takes them from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from auditor.api import CloudResource, Location, UndecidedError, Unknown

POLICY_ARGUMENTS = {
    "aws_iam_group_policy": "policy",
    "aws_iam_policy": "policy",
    "aws_iam_role_policy": "policy",
    "aws_iam_user_policy": "policy",
    "aws_s3_bucket_policy": "policy",
    "aws_sqs_queue_policy": "policy",
    "aws_sns_topic_policy": "policy",
}


@dataclass(frozen=True)
class Statement:
    """One statement; lists are None where they are not known. `not_actions` tells that it names exceptions."""

    allows: bool
    actions: tuple[str, ...] | None
    resources: tuple[str, ...] | None
    principals: tuple[str, ...] | None
    conditional: bool
    at: Location


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
    if isinstance(policy, dict):
        yield from _json_statements(policy, resource.where(argument))


def document_statements(document: CloudResource) -> Iterator[Statement]:
    """Yield the statements of an `aws_iam_policy_document`; `effect` is Allow unless it says otherwise."""
    for block in document.blocks("statement"):
        principals = tuple(
            name
            for principal in block.blocks("principals")
            for name in _texts(principal.texts("identifiers"))
            if principal.text("type") in {"*", "AWS"}
        )
        yield Statement(
            allows=block.text("effect", default="Allow") == "Allow",
            actions=None if block.has("not_actions") is not False else _texts(block.texts("actions")),
            resources=None if block.has("not_resources") is not False else _texts(block.texts("resources")),
            principals=principals,
            conditional=bool(block.blocks("condition")),
            at=block.where("actions"),
        )


def _texts(value: tuple[str | Unknown, ...] | Unknown) -> tuple[str, ...]:
    if isinstance(value, Unknown):
        return ()
    return tuple(item for item in value if isinstance(item, str))


def _json_statements(policy: dict[str, Any], at: Location) -> Iterator[Statement]:
    for statement in _list(policy.get("Statement")):
        if not isinstance(statement, dict):
            continue
        entry: dict[str, Any] = statement
        principal = entry.get("Principal")
        names = principal.get("AWS") if isinstance(principal, dict) else principal
        yield Statement(
            allows=entry.get("Effect") == "Allow",
            actions=None if "NotAction" in entry else _words(entry.get("Action")),
            resources=None if "NotResource" in entry else _words(entry.get("Resource")),
            principals=_words(names),
            conditional=bool(entry.get("Condition")),
            at=at,
        )


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _words(value: Any) -> tuple[str, ...]:
    return tuple(item for item in _list(value) if isinstance(item, str))
