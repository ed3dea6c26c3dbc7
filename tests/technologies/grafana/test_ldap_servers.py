"""Which lines of ldap.toml belong to which server."""

from auditor.model.source import Source
from auditor.technologies.grafana.document import LdapToml, read_document


def read(text: str) -> LdapToml:
    found = read_document(Source(path="ldap.toml", text=text))
    assert isinstance(found, LdapToml)
    return found


def test_a_file_without_servers() -> None:
    assert read('[other]\nhost = "a"\n').servers == ()
    assert read("").servers == ()


def test_each_server_has_the_lines_up_to_the_next() -> None:
    text = '[other]\nhost = "z"\n[[servers]]\nhost = "a"\nport = 389\n[[servers]]\nhost = "b"\n'
    servers = read(text).servers
    assert [(line, [entry.value for entry in entries]) for line, entries in servers] == [(3, ["a", "389"]), (6, ["b"])]
