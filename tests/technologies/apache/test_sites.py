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
    return page(text, url).access.status(Client(client.pop("address", STRANGER), **client))  # type: ignore[arg-type]


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
    assert [header.value for header in page(text, "/x").headers("a")] == ["1"]  # type: ignore[union-attr]
    assert page(text, "/y").headers("b") == ()
