"""The JSON result: valid against the shipped schema, and nothing is lost on the way there and back."""

import json
import unicodedata
from typing import Any

import jsonschema
import msgspec
import pytest

from auditor.model.report import Report
from auditor.reporters import json_report, schema
from auditor.reporters.json_report import ResultError
from tests.reporters.reports import clinic, empty, rewrite

VALIDATOR: Any = jsonschema.Draft202012Validator(json.loads(schema.generate()))


def test_shipped_schema_is_the_generated_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.generate()))
    assert schema.SHIPPED.read_text("utf-8") == schema.generate(), "run python -m auditor.reporters.schema"


@pytest.mark.parametrize("report", [clinic(), empty()])
def test_output_fits_the_schema_and_comes_back_the_same(report: Report) -> None:
    text = json_report.render(report)
    VALIDATOR.validate(json.loads(text))
    loaded = json_report.read(text.encode())
    assert loaded == report
    assert json_report.render(loaded) == text


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("findings", 0, "severity"), "urgent"),
        (("findings", 0, "line"), "12"),
        (("coverage", "files", 0, "git"), None),
        (("summary",), {}),
    ],
)
def test_schema_and_reader_refuse_what_is_no_result(path: tuple[str | int, ...], value: object) -> None:
    data = json.loads(json_report.render(clinic()))
    target = data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    assert not VALIDATOR.is_valid(data)
    with pytest.raises(ResultError):
        json_report.read(json.dumps(data).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b'{"schema_version": "1"}'])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ResultError):
        json_report.read(data)


def test_another_version_is_refused() -> None:
    data = json_report.render(msgspec.structs.replace(clinic(), schema_version="2")).encode()
    with pytest.raises(ResultError, match="version 1 is expected"):
        json_report.read(data)


def test_names_that_are_not_utf8_are_written_out() -> None:
    hostile = rewrite(clinic(), lambda path, text: text + "caf\udce9" if path.endswith(".path") else text)
    text = json_report.render(hostile)
    VALIDATOR.validate(json.loads(text))
    loaded = json_report.read(text.encode())
    assert loaded.findings[0].path == "redis/redis.confcaf\\udce9"
    assert json_report.render(loaded) == text


def test_what_a_terminal_would_act_on_is_escaped_and_kept() -> None:
    nasty = '\x1b[2J\x9b2J\x7f\u202e\u2028\r\n"\\'
    hostile = rewrite(clinic(), lambda path, text: text if path == ".schema_version" else text + nasty)
    text = json_report.render(hostile)
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} and c != "\n"]
    assert json_report.read(text.encode()) == hostile
    assert json_report.render(json_report.read(text.encode())) == text
