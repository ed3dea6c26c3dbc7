"""What a whole configuration means for a request: the cases that reading line by line gets wrong."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
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


def redirect_of(lines: str) -> object:
    service = apache(f"<VirtualHost *:80>\nServerName a.example\nDocumentRoot /srv\n{lines}\n</VirtualHost>")
    return service.sites[0].redirect


RULE = "RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (f"RewriteEngine on\n{RULE}", True),
        (f"RewriteEngine on\nRewriteCond %{{HTTPS}} off\n{RULE}", True),
        (f"RewriteEngine on\nRewriteCond %{{REQUEST_URI}} !^/\\.well-known/acme-challenge/\n{RULE}", True),
        (f"RewriteEngine on\nRewriteCond %{{HTTPS}} off [OR]\nRewriteCond %{{REQUEST_URI}} ^/login\n{RULE}", True),
        (f"RewriteEngine on\nRewriteCond %{{REQUEST_URI}} ^/login\n{RULE}", False),
        (f"RewriteEngine on\nRewriteCond %{{REQUEST_URI}} ^/old\nRewriteRule ^ /new\n{RULE}", True),
        (f"RewriteEngine off\n{RULE}", False),
        (RULE, False),
        (f"<Directory /srv>\nRewriteEngine on\n{RULE}\n</Directory>", True),
        (f"RewriteEngine on\n<Directory /srv>\n{RULE}\n</Directory>", False),
        ("<If \"%{HTTPS} != 'on'\">\nRedirect permanent / https://a.example/\n</If>", True),
        ('<If "%{REQUEST_URI} =~ m#^/x#">\nRedirect permanent / https://a.example/\n</If>', False),
        ("Redirect permanent / http://a.example/", False),
        ("RewriteEngine on\nRewriteRule ^/(?!\\.well-known/acme-challenge/) https://%{HTTP_HOST}$0 [R=301]", True),
        ("RewriteEngine on\nRewriteRule !^/\\.well-known/ https://a.example%{REQUEST_URI} [R=301,L]", True),
        ("RewriteEngine on\nRewriteRule ^/login(?!x) https://a.example/ [R=301,L]", False),
        ("RedirectMatch 301 ^/(?!\\.well-known/)(.*)$ https://a.example/$1", True),
        ("RedirectMatch 301 ^/(?!\\.well-known/)login https://a.example/$1", False),
    ],
)
def test_a_line_that_sends_all_requests_to_https(lines: str, found: bool) -> None:
    assert (redirect_of(lines) is not None) is found


def test_the_rewrite_engine_of_the_main_server_is_that_of_its_hosts() -> None:
    host = f"<VirtualHost *:80>\nServerName a\nDocumentRoot /srv\n{RULE}\n</VirtualHost>"
    assert apache(f"RewriteEngine on\n{host}").sites[0].redirect is not None


def test_rewrites_and_handlers_pass_requests_on() -> None:
    lines = """RewriteEngine on
RewriteRule ^/a/(.*)$ http://10.20.0.7:8080/$1 [P,L]
RewriteRule ^/b/(.*)$ http://10.20.0.8/$1 [R]
RewriteRule ^/c/(.*)$ http://%{HTTP:X-Where}/$1 [P]
<FilesMatch "[.]php$">
SetHandler "proxy:unix:/run/php.sock|fcgi://localhost"
</FilesMatch>
<Location /d>
SetHandler "proxy:fcgi://php.internal:9000"
</Location>
"""
    service = apache(
        f"RewriteRule ^ http://10.9.9.9/ [P]\n<VirtualHost *:80>\nDocumentRoot /srv\n{lines}</VirtualHost>"
    )
    upstreams = [each for each in service.sites[0].upstreams if not isinstance(each, Unknown)]
    assert [(each.authority, each.is_clear) for each in upstreams] == [
        ("10.20.0.7:8080", True),
        ("", False),
        ("php.internal:9000", True),
    ]
    assert service.sites[0].page("/a/x").file == "/srv/a/x"


def test_a_port_that_no_container_publishes_is_reached_by_containers_only() -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    image: httpd:2.4.62\n    ports: ['80:80']\n"
        "    volumes: ['./httpd.conf:/usr/local/apache2/conf/httpd.conf']\n",
        "httpd.conf": "Listen 80\nListen 443\nDocumentRoot /srv\n"
        "<VirtualHost *:80>\nServerName a\nRedirect / https://a/\n</VirtualHost>\n",
    }
    (service,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Apache))
    reached = {site.name: service.reach_of(site).reach for site in service.sites}
    assert reached == {"a:80": Reach.PUBLISHED, "the main server:443": Reach.CONTAINER_NETWORK}


@pytest.mark.parametrize(
    "line",
    ["ServerTokens", "SSLVerifyClient", "RewriteEngine", "Header always", "CustomLog logs/a", "LogLevel", "Listen"],
)
def test_a_directive_without_its_value_is_refused(line: str) -> None:
    assert [problem.message for problem in apache(f"DocumentRoot /srv\n{line}\n").refused] == ["expected a value"]


def test_options_and_versions_of_tls_may_be_empty() -> None:
    assert not apache("DocumentRoot /srv\nSSLProtocol\n<Directory /srv>\nOptions\n</Directory>\n").refused
