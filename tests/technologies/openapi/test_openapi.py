"""OpenAPI documents: which files are, and what they say of each operation."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.discovery import recognise
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.openapi import ApiDocument

HEAD = 'openapi: 3.0.3\ninfo: {title: x, version: "1"}\n'
SCHEMES = "components:\n  securitySchemes:\n    a: {type: http, scheme: bearer}\n    b: {type: http, scheme: basic}\n"


def read(text: str, name: str = "api.yaml") -> ApiDocument:
    (found,) = [fact for fact in take_estate(MemoryTree({name: text})).facts if isinstance(fact, ApiDocument)]
    return found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/anything.yml", HEAD + "paths: {}\n"),
        ("api.json", '{"openapi": "3.1.0", "info": {}, "paths": {}}'),
        ("api.json", '{\n\t"info": {},\n\t"swagger": "2.0",\n\t"paths": {}\n}'),
        ("api.yaml", '# ours\n---\nswagger: "2.0"\ninfo: {}\n'),
        ("swagger.json", '{"basePath": "/", "definitions": {"A": {}}'),
    ],
)
def test_documents(path: str, text: str) -> None:
    recognised = recognise(path, text)
    assert recognised is not None
    assert recognised[0].id == "openapi"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("openapi.yaml", "generator: python\nopenapi: true\n"),
        ("package.json", '{"name": "x", "dependencies": {"openapi": "3.0.1"}}'),
        ("values.yaml", "server:\n  openapi: 3.0.3\n  info: {}\n"),
        ("openapi.md", HEAD),
        (
            "crd.yaml",
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {openAPIV3Schema: {}}\n",
        ),
        ("openapitools.json", '{"generator-cli": {"version": "7.0.0"}}'),
    ],
)
def test_other_files(path: str, text: str) -> None:
    recognised = recognise(path, text)
    assert recognised is None or recognised[0].id != "openapi"


@pytest.mark.parametrize(
    ("general", "own", "everybody", "asked"),
    [
        ("", "", False, None),
        ("[{a: []}]", "", False, ("a",)),
        ("[{a: []}]", "[]", True, ()),
        ("[{a: []}]", "[{}]", True, ("",)),
        ("[{a: []}]", "[{b: []}, {}]", True, ("b", "")),
        ("[{a: []}]", "[{a: [], b: []}]", False, ("a b",)),
        ("[]", "", True, ()),
        ("[]", "[{b: [x]}]", False, ("b",)),
    ],
)
def test_what_is_in_force(general: str, own: str, everybody: bool, asked: tuple[str, ...] | None) -> None:
    security = f"security: {general}\n" if general else ""
    operation = f"{{security: {own}}}" if own else "{}"
    (found,) = read(f"{HEAD}{security}paths:\n  /x:\n    get: {operation}\n").operations
    assert found.lets_everybody_in is everybody
    assert (None if found.security is None else tuple(" ".join(way.schemes) for way in found.security)) == asked


def test_references_within_the_file_and_out_of_it() -> None:
    api = read(
        HEAD
        + "paths:\n  /a~b/{id}:\n    $ref: '#/components/pathItems/one'\n  /c:\n    $ref: other.yaml#/x\n  x-note: {get: {}}\n"
        + "components:\n  pathItems:\n    one:\n      parameters:\n        - $ref: '#/components/parameters/who~1what'\n"
        + "        - {name: id, in: path}\n      get:\n        parameters: [{name: id, in: path, schema: {type: boolean}}]\n"
        + "  parameters:\n    who/what: {name: email, in: query}\n"
    )
    (operation,) = api.operations
    assert operation.label == "GET /a~b/{id}"
    assert [(p.name, p.sent_in, p.is_flag) for p in operation.parameters] == [
        ("email", "query", False),
        ("id", "path", True),
    ]


def test_a_circle_of_references_ends() -> None:
    api = read(HEAD + "paths:\n  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}\n")
    assert api.operations == ()


def test_schemes_of_both_versions() -> None:
    api = read(HEAD + "paths: {}\n" + SCHEMES)
    assert api.schemes["b"].is_basic
    assert not api.schemes["a"].is_basic
    old = read(
        'swagger: "2.0"\ninfo: {}\npaths: {}\nhost: api.clinic.example\nschemes: [http, https]\nsecurityDefinitions:\n'
        "  b: {type: basic}\n  o: {type: oauth2, flow: accessCode, tokenUrl: 'https://x/t', scopes: {r: read}}\n"
    )
    assert old.schemes["b"].is_basic
    (flow,) = old.schemes["o"].flows
    assert (flow.kind, flow.scopes) == ("authorizationCode", frozenset({"r"}))
    assert [server.url for server in old.servers] == ["http://api.clinic.example", "https://api.clinic.example"]
    assert [(name, url) for name, url, _ in old.schemes["o"].addresses] == [("tokenUrl", "https://x/t")]


def test_addresses_of_every_level() -> None:
    api = read(
        HEAD
        + "servers: [{url: 'https://{h}/v1', variables: {h: {default: a.example}}}, {url: '{{ base }}'}]\n"
        + "paths:\n  /x:\n    servers: [{url: /b}]\n    get:\n      servers: [{url: 'http://c'}]\n"
    )
    assert [server.url for server in api.servers] == ["https://a.example/v1", "/b", "http://c"]


def test_schemes_of_another_file_are_open() -> None:
    assert read(HEAD + "paths: {}\ncomponents: {$ref: common.yaml}\n").schemes_open
    assert read(HEAD + "paths: {}\ncomponents:\n  securitySchemes: {$ref: common.yaml}\n").schemes_open
    assert not read(HEAD + "paths: {}\n" + SCHEMES).schemes_open


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["/x", "get", "#/paths", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "/x get security parameters $ref name in schema url servers variables a flows type".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.fixed_dictionaries({"paths": _JSON, "security": _JSON, "components": _JSON, "servers": _JSON}))
def test_any_tree_is_taken(parts: dict[str, object]) -> None:
    api = read(json.dumps({"openapi": "3.1.0", "info": {}, **parts}), "api.json")
    for operation in api.operations:
        assert operation.path.startswith("/")
