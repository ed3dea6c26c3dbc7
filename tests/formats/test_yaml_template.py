"""Template expressions in YAML: what is literal is read, what they put out is not known, and nothing moves."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import mask
from auditor.formats.tree import Mapping, Scalar, Sequence
from auditor.formats.yaml_template import mask_yaml
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown

PIECES = st.sampled_from(
    [
        "{{ .Values.a }}",
        "{{- toYaml .Values.b | nindent 4 }}",
        "{{- if .Values.c }}",
        "{{- else }}",
        "{{ end }}",
        "{{ if a }}x{{ else }}y{{ end }}",
        "{% for x in y %}",
        "{# note #}",
        "{{",
        "}}",
        "{{ a\n b }}",
        "key: ",
        "key: |\n",
        "- ",
        "text",
        "  ",
        "    ",
        "\n",
        "\n",
        '"',
        "# ",
        "|",
        ":",
    ]
)


def read(text: str) -> Mapping:
    (node,) = yaml.parse(Source(path="t.yaml", text=text))
    assert isinstance(node, Mapping)
    return node


@given(st.lists(PIECES, max_size=30).map("".join))
def test_masking_keeps_every_line_and_column(text: str) -> None:
    masked = mask(text)[0]
    assert [len(line) for line in masked.split("\n")] == [len(line) for line in text.split("\n")]
    assert not [(a, b) for a, b in zip(text, masked, strict=True) if a != b and b not in {" ", HOLE}]


@given(st.lists(PIECES, max_size=30).map("".join))
def test_masking_yaml_keeps_every_line_and_column_that_is_not_blank(text: str) -> None:
    lines = mask_yaml(text)[0].split("\n")
    assert len(lines) == text.count("\n") + 1
    for written, masked in zip(text.split("\n"), lines, strict=True):
        assert len(masked) in {len(written), 0} or set(masked.strip()) == {HOLE}
        assert not [(a, b) for a, b in zip(written, masked, strict=False) if a != b and b not in {" ", HOLE}]


@given(st.lists(PIECES, max_size=30).map("".join))
def test_reading_never_raises_anything_but_a_format_error(text: str) -> None:
    with contextlib.suppress(FormatError):
        yaml.parse(Source(path="t.yaml", text=text))


def test_a_value_an_expression_takes_part_in_is_unknown() -> None:
    node = read('image: "{{ .Values.repository }}:7.2"\nname: plain\n')
    image = node.scalar("image")
    assert image is not None
    assert isinstance(image.value, Unknown)
    assert node.text("name") == "plain"


@pytest.mark.parametrize(
    "text",
    [
        "resources:\n  {{- toYaml .Values.resources | nindent 2 }}\nname: x\n",
        "resources: {{- toYaml .Values.resources | nindent 2 }}\nname: x\n",
        "resources:\n  {{- with .Values.resources }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\nname: x\n",
        "resources: {{ toJson .Values.resources }}\nname: x\n",
        "resources:\n{{ toYaml .Values.resources | indent 2 }}\nname: x\n",
    ],
)
def test_a_value_that_an_expression_puts_out_is_not_absent(text: str) -> None:
    node = read(text)
    assert node.is_open_at("resources", "limits")
    assert not node.open


def test_lines_that_an_expression_adds_open_the_mapping_of_their_indentation_only() -> None:
    node = read(
        "spec:\n"
        "  securityContext:\n"
        "    privileged: false\n"
        "    {{- toYaml .Values.security | nindent 4 }}\n"
        "  other:\n"
        "    a: 1\n"
    )
    assert node.is_open_at("spec", "securityContext", "runAsUser")
    assert not node.is_open_at("spec", "other", "b")
    assert not node.is_open_at("spec", "third")


def test_lines_before_the_first_key_open_the_mapping() -> None:
    node = read("labels: {{- include `x` . | nindent 2 }}\n  app: redis\n")
    labels = node.mapping("labels")
    assert labels is not None
    assert labels.open
    assert labels.text("app") == "redis"


def test_items_that_an_expression_adds_open_the_list() -> None:
    node = read("env:\n  - name: A\n  {{- toYaml .Values.env | nindent 2 }}\nname: x\n")
    env = node.get("env")
    assert isinstance(env, Sequence)
    assert env.open


def test_branches_that_differ_leave_the_value_unknown() -> None:
    node = read("{{ if .a }}\nhost: true\nsame: 1\n{{ else }}\nhost: false\nsame: 1\n{{ end }}\n")
    host = node.scalar("host")
    assert host is not None
    assert isinstance(host.as_bool(), Unknown)
    assert node.text("same") == "1"
    assert node.keys() == ["host", "same"]


def test_a_condition_inside_a_line_leaves_the_value_unknown() -> None:
    policy = read("policy: {{ if .a }}Always{{ else }}Never{{ end }}\n").scalar("policy")
    assert policy is not None
    assert isinstance(policy.value, Unknown)


def test_a_literal_key_inside_a_condition_is_read() -> None:
    assert read("a: 1\n{{- if .x }}\nb: 2\n{{- end }}\n").text("b") == "2"


def test_expressions_inside_a_block_scalar_stay_visible_in_its_text() -> None:
    node = read(
        "data:\n  redis.conf: |\n    bind 0.0.0.0\n    {{ .Values.more }}\n{{ .Values.extra | indent 4 }}\n    port 1\n"
    )
    conf = node.scalar("data", "redis.conf")
    assert conf is not None
    lines = conf.text.split("\n")
    assert lines[0] == "bind 0.0.0.0"
    assert set(lines[1]) == {HOLE}
    assert set(lines[2]) == {HOLE}
    assert lines[3] == "port 1"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: |\n  first\n  second\n", 2, 3),
        ("a: |\n\n    first\n", 2, 5),
        ("a: |2\n    first\n  second\n", 2, 3),
        ("b: 1\na: |- # note\n      first\n", 3, 7),
    ],
)
def test_block_scalars_say_where_their_text_starts(text: str, line: int, column: int) -> None:
    node = read(text).scalar("a")
    assert node is not None
    assert (node.text_at.line, node.text_at.column, node.exact) == (line, column, True)


def test_embedded_text_maps_to_the_outer_file() -> None:
    conf = read("data:\n  redis.conf: |\n    bind 0.0.0.0\n    port 1\n").scalar("data", "redis.conf")
    assert isinstance(conf, Scalar)
    source = yaml.embedded(conf, "redis.conf")
    place = source.at(2, 6, 2, 6)
    assert (place.path, place.line, place.column, place.end_column) == ("t.yaml", 4, 10, 10)


@pytest.mark.parametrize(
    "text",
    [
        "data:\n  a.conf: |\n    {{ with secret `x` }}\n        {{ printf `y` }}\n    {{ end }}\n    port 1\n",
        "paths:\n\t{{- range .x }}\n  - a\n\t{{- end }}\n",
    ],
    ids=["long first line of a block", "tab before an expression"],
)
def test_lines_of_expressions_do_not_make_the_text_unreadable(text: str) -> None:
    assert len(read(text)) == 1


def test_empty_documents_are_left_out() -> None:
    assert len(yaml.parse(Source(path="t.yaml", text="---\n---\na: 1\n---\n# nothing\n"))) == 1


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 5000, "{a: " * 500, "".join(" " * i + "a:\n" for i in range(300))])
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        yaml.parse(Source(path="t.yaml", text=text))


def test_brackets_inside_a_text_are_not_nesting() -> None:
    text = "script: |\n" + "  echo '['; printf '[0m{'\n" * 400
    assert read(text).scalar("script") is not None


def test_an_alias_bomb_is_refused() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join(['*a' + str(n - 1)] * 10)}]" for n in range(1, 9)]
    with pytest.raises(FormatError):
        yaml.parse(Source(path="t.yaml", text="\n".join(levels)))
