"""The judges of outputs that follow a standard: its JSON Schema where the machine has it, else published models.

The folder of schemas is named by the environment variable AUDITOR_SCHEMAS.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, cast

import jsonschema
import regex
import sarif_pydantic
from jsonschema import validators
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.poam import PlanOfActionAndMilestones

_OSCAL: dict[str, tuple[str, Any]] = {
    "assessment-results": ("oscal_assessment-results_schema.json", AssessmentResults),
    "plan-of-action-and-milestones": ("oscal_poam_schema.json", PlanOfActionAndMilestones),
}


def sarif(text: str) -> dict[str, Any]:
    """Return the log after judging it."""
    log: dict[str, Any] = json.loads(text)
    if schemas := os.environ.get("AUDITOR_SCHEMAS"):
        _validator(schemas, "sarif-schema-2.1.0.json").validate(log)
    else:
        sarif_pydantic.Sarif.model_validate(log)
    return log


def oscal(text: str) -> dict[str, Any]:
    """Return the content of an OSCAL document after judging it."""
    document: dict[str, Any] = json.loads(text)
    kind: str
    content: dict[str, Any]
    ((kind, content),) = document.items()
    name, model = _OSCAL[kind]
    if schemas := os.environ.get("AUDITOR_SCHEMAS"):
        _validator(schemas, name).validate(document)
    else:
        model.model_validate(content)
    return content


@cache
def _validator(schemas: str, name: str) -> Any:
    schema = json.loads(Path(schemas, name).read_text("utf-8"))
    draft: Any = jsonschema.Draft4Validator if "draft-04" in schema["$schema"] else jsonschema.Draft7Validator
    # OSCAL's patterns use \p{L}, which the standard library does not know.
    extended: Any = cast("Any", validators).extend(draft, {"pattern": _pattern})
    return extended(schema, format_checker=draft.FORMAT_CHECKER)


def _pattern(_: Any, pattern: str, instance: object, __: Any) -> Any:
    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


@cache
def _compiled(pattern: str) -> Any:
    return regex.compile(pattern)
