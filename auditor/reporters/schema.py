"""The JSON Schema of a result, generated from the types.

`python -m auditor.reporters.schema` writes the copy that is shipped beside this module.
"""

import inspect
from pathlib import Path
from typing import Final

import msgspec

from auditor.model.report import SCHEMA_VERSION, Report

SHIPPED: Final = Path(__file__).with_name("result.schema.json")


def generate() -> str:
    """Return the schema (JSON Schema 2020-12) as indented JSON."""
    types = msgspec.json.schema(Report)
    for definition in types["$defs"].values():
        if "description" in definition:
            # From Python 3.13 on the compiler removes a docstring's indentation.
            definition["description"] = inspect.cleandoc(definition["description"])
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Result of an audit, version {SCHEMA_VERSION}",
        **types,
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


if __name__ == "__main__":
    SHIPPED.write_text(generate(), "utf-8")
