"""Named values of .NET's configuration, with their places."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.document import Assignment
from auditor.technologies.iis import IIS


def assignments(body: str) -> Mapping[str, Assignment]:
    text = f"<configuration>\n{body}\n</configuration>"
    found = list(IIS.parse(Source(path="web.config", text=text)).assignments())
    lines = text.split("\n")
    for each in found:
        if isinstance(each.value, str) and "&" not in body and "${" not in each.value:
            assert lines[each.at.line - 1][each.at.column - 1 : each.at.end_column] == each.value
    return {each.key: each for each in found}


@pytest.mark.parametrize(
    ("body", "key", "server_secret", "principal"),
    [
        ('<appSettings><add key="ApiKey" value="sample-1"/></appSettings>', "ApiKey", False, None),
        (
            '<connectionStrings><add name="db" connectionString="Server=a;Pwd=sample-1"/></connectionStrings>',
            "db",
            False,
            None,
        ),
        ('<sessionState sqlConnectionString="Server=a;Pwd=sample-1"/>', "sqlConnectionString", False, None),
        ('<machineKey validationKey="AB12"/>', "validationKey", True, None),
        ('<identity impersonate="true" userName="svc" password="sample-1"/>', "password", True, "svc"),
        (
            '<credentials passwordFormat="Clear"><user name="anna" password="sample-1"/></credentials>',
            "password",
            True,
            "anna",
        ),
        ('<setting name="Secret"><value>sample-1</value></setting>', "Secret", False, None),
        ('<environmentVariable name="JWT_SECRET" value="sample-1"/>', "JWT_SECRET", False, None),
        ('<publishProfile userName="$site" userPWD="sample-1"/>', "userPWD", True, "$site"),
        ('<connectionString value="Server=a;Pwd=sample-1"/>', "connectionString", False, None),
    ],
)
def test_values_that_may_be_secret(body: str, key: str, server_secret: bool, principal: str | None) -> None:
    found = assignments(body)[key]
    assert (found.server_secret, found.principal) == (server_secret, principal)


@pytest.mark.parametrize(
    "body",
    [
        '<machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="AutoGenerate"/>',
        '<processModel userName="svc" password="[enc:IISWASOnlyAesProvider:QUJD:enc]"/>',
        '<connectionStrings configProtectionProvider="RsaProtectedConfigurationProvider"><EncryptedData/></connectionStrings>',
        '<membership><providers><add name="a" type="b" passwordFormat="Hashed"/></providers></membership>',
        '<!-- <add key="Secret" value="sample-1"/> -->',
    ],
)
def test_no_secret_is_there(body: str) -> None:
    assert not assignments(body)


@pytest.mark.parametrize("mark", ["#{Db.Password}", "$(DbPassword)", "__DbPassword__", "${DB_PASSWORD}"])
def test_what_a_deployment_fills_in_is_a_reference(mark: str) -> None:
    value = assignments(f'<add key="DbPassword" value="{mark}"/>')["DbPassword"].value
    assert isinstance(value, str)
    assert value.startswith("${")
    assert len(value) == len(mark)


def test_a_template_expression_is_not_known() -> None:
    found = assignments('<add key="DbPassword" value="{{ db_password }}"/>')["DbPassword"]
    assert isinstance(found.value, Unknown)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_without_quoting_it(text: str) -> None:
    document = IIS.parse(Source(path="web.config", text=text))
    assert all(problem.message.startswith("expected ") for problem in document.problems)
    assert list(document.assignments()) is not None


@pytest.mark.parametrize(("form", "key"), [("Clear", "password"), ("SHA1", "passwordHash"), (None, "passwordHash")])
def test_passwords_of_forms_are_hashes_by_default(form: str | None, key: str) -> None:
    attribute = f' passwordFormat="{form}"' if form else ""
    found = assignments(f'<credentials{attribute}><user name="anna" password="AB12CD"/></credentials>')
    assert (list(found), found[key].principal) == ([key], "anna")
