"""Which files are Apache's, and which only look like it."""

import pytest

from auditor.technologies.apache import APACHE

SITE = "<VirtualHost *:80>\n  ServerName a.example\n  DocumentRoot /srv\n</VirtualHost>\n"


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("conf/httpd.conf", "ServerRoot /usr/local/apache2\nListen 80\n", 3),
        ("apache2.conf.j2", "<Directory />\nRequire all denied\n</Directory>\n", 3),
        ("sites-enabled/clinic", SITE, 2),
        ("conf.d/clinic.conf", SITE, 2),
        (".htaccess", "RewriteEngine On\nRewriteRule ^a b\n", 3),
        ("nginx.conf", "server {\n  listen 80;\n  location / { root /srv; }\n}\n", None),
        ("collectd.conf", '<Plugin "disk">\n  Disk "sda"\n</Plugin>\nLoadPlugin cpu\n', None),
        ("fluent.conf", "<source>\n  @type forward\n</source>\n<match **>\n  @type stdout\n</match>\n", None),
        (
            "08-apache.config",
            'files:\n  "/etc/httpd/a.conf":\n    content: |\n      <VirtualHost *:80>\n      ServerName a\n',
            None,
        ),
        ("server.properties", "ServerName=a\n", None),
        ("page.html", "<html>\n<Directory x>\n", None),
        ("install.sh", f"#!/bin/sh\ncat > a.conf <<END\n{SITE}END\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = APACHE.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength
