"""What a whole configuration means for a request: the cases that reading line by line gets wrong."""

import pytest

from auditor.model.source import Source
from auditor.technologies.apache import APACHE, STRANGER, Apache, Client, Page


class NoFiles:
    """No file beside the one that is read."""

    def open(self, path: str) -> None:
        del path

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


def apache(text: str) -> Apache:
    source = Source(path="httpd.conf", text="Listen 80\n" + text)
    (service,) = APACHE.from_files([APACHE.parse(source)], {"httpd.conf": NoFiles()})
    assert isinstance(service, Apache)
    return service


def page(text: str, url: str) -> Page:
    (site,) = apache("DocumentRoot /srv\n" + text).sites
    return site.page(url)


def status(text: str, url: str = "/", **client: str) -> object:
    return page(text, url).access.status(Client(client.pop("address", STRANGER), **client))  # type: ignore[arg-type]  # texts by name


LOGIN = "AuthType Basic\nAuthName a\nAuthUserFile /etc/users\nRequire valid-user\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 200),
        ("<Location />\nRequire all denied\n</Location>", 403),
        (f"<Location />\n{LOGIN}</Location>", 401),
        (f"<Location />\n{LOGIN}Require ip 203.0.113\n</Location>", 200),
        (
            "<Location />\n<RequireAll>\nRequire all granted\nRequire not ip 203.0.113.0/24\n</RequireAll>\n</Location>",
            403,
        ),
        ("<Location />\nOrder allow,deny\nDeny from 10\n</Location>", 403),
        ("<Location />\nOrder deny,allow\nDeny from 10\n</Location>", 200),
        (f"<Location />\n{LOGIN}Deny from 10\nSatisfy any\n</Location>", 200),
        ("<Location />\nAuthType Basic\n</Location>", 500),
        ("<Directory />\nRequire all denied\n</Directory>\n<Directory /srv>\nRequire all granted\n</Directory>", 200),
        ("<Directory /srv>\nRequire all granted\n</Directory>\n<Directory />\nRequire all denied\n</Directory>", 200),
        ("<Location />\nRequire all denied\n</Location>\n<Directory /srv>\nRequire all granted\n</Directory>", 403),
    ],
)
def test_what_a_stranger_gets(text: str, expected: int) -> None:
    assert status(text) == expected


def test_a_rule_for_some_methods_leaves_the_others_open() -> None:
    text = "<Location />\nAuthType Basic\nAuthName a\nAuthUserFile /etc/users\n<Limit GET>\nRequire valid-user\n</Limit>\n</Location>"
    assert status(text, method="HEAD") == 401
    assert status(text, method="OPTIONS") == 200


def test_options_without_signs_replace_what_a_parent_has() -> None:
    text = "<Directory /srv>\nOptions Indexes\n</Directory>\n<Directory /srv/a>\nOptions +Includes\n</Directory>\n"
    assert page(text, "/a/").options.names == {"indexes", "includes"}
    assert page(text + "<Directory /srv/a>\nOptions Includes\n</Directory>", "/a/").options.names == {"includes"}


def test_headers_of_all_levels_are_sent() -> None:
    text = "Header set A 1\n<Location /x>\nHeader set B 2\n</Location>\n"
    assert [header.value for header in page(text, "/x").headers("a")] == ["1"]  # type: ignore[union-attr]  # known here
    assert page(text, "/y").headers("b") == ()


def test_a_variable_has_the_value_defined_before_the_line() -> None:
    text = "Define S off\nTraceEnable ${S}\nDefine S on\nDocumentRoot /srv\n"
    (site,) = apache(text).sites
    assert site.word("traceenable", "on") == "off"


def test_a_virtual_host_for_any_port_stands_back_for_one_with_the_port() -> None:
    text = "<VirtualHost *>\nServerName one\n</VirtualHost>\n<VirtualHost *:80>\nServerName two\n</VirtualHost>\n"
    assert [(site.host.name, len(site.host.endpoints)) for site in apache(text).sites] == [("one", 0), ("two", 1)]


def test_a_host_without_versions_keeps_those_of_the_default_host() -> None:
    text = (
        "SSLEngine on\nSSLCertificateFile /c\n<VirtualHost *:80>\nServerName one\nSSLProtocol TLSv1.2\n</VirtualHost>\n"
        "<VirtualHost *:80>\nServerName two\n</VirtualHost>\n"
    )
    assert [site.tls_versions for site in apache(text).sites] == [frozenset({"TLS 1.2"})] * 2


@pytest.mark.parametrize("kind", ["RequireAny", "RequireNone"])
def test_a_negative_rule_is_refused_outside_of_require_all(kind: str) -> None:
    text = f"<Location />\n<{kind}>\nRequire all granted\nRequire not local\n</{kind}>\n</Location>\n"
    assert apache(text).refused
    assert not apache(text.replace(kind, "RequireAll")).refused


def test_locations_are_merged_with_each_other_before_they_are_merged_with_files() -> None:
    text = (
        f"<Files f.txt>\n{LOGIN}</Files>\n<Location /a>\nRequire all granted\n</Location>\n"
        "<LocationMatch ^/a>\nAuthMerging And\nRequire ip 203.0.113\n</LocationMatch>\n"
    )
    assert status(text, "/a/f.txt") == 401
    assert status(text, "/a/g.txt") == 200
