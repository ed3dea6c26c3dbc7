"""What nginx -t refuses. The first ones were found by comparing with nginx 1.22."""

import pytest

from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.nginx import Nginx


def messages(server: str) -> list[str]:
    text = f"events {{ }}\nhttp {{\nserver {{\nlisten 127.0.0.1:80;\n{server}\n}}\n}}\n"
    estate = take_estate(MemoryTree({"nginx.conf": text}))
    (nginx,) = (fact for fact in estate.facts if isinstance(fact, Nginx))
    return [problem.message for problem in nginx.refused]


@pytest.mark.parametrize(
    ("server", "message"),
    [
        ("location / { limit_except GET { auth_request /a; } }", "expected no auth_request in limit_except"),
        ("location / { limit_except GET { satisfy any; } }", "expected no satisfy in limit_except"),
        ("if ($scheme = ftp) { deny all; }", "expected no deny in if"),
        ("location / { ssl_protocols TLSv1.2; }", "expected no ssl_protocols in location"),
        ("autoindex on;\nautoindex on;", "expected autoindex at most once in a block"),
        ("autoindex yes;", "expected on or off behind autoindex"),
        ("satisfy both;", "expected all or any behind satisfy"),
        ("ssl_protocols TLSv9;", "expected names of protocols such as TLSv1.2 behind ssl_protocols"),
        ("location /a { }\nlocation ^~ /a { }", "expected each location once"),
        ("location = /a { location /a/b { } }", "expected no location inside an exact or a named one"),
        ("location /a/ { location /b/ { } }", "expected the path to begin with that of the location around it"),
        ("location ~ ^/a { location /a/b { } }", "expected the path to begin with that of the location around it"),
        ("listen 0.0.0.0:81;\nlisten 81;", "expected each address and port once in a server"),
        ("listen 444 ssl;", "expected ssl_certificate in the default server of port 444"),
    ],
)
def test_refused(server: str, message: str) -> None:
    assert messages(server) == [message]


@pytest.mark.parametrize(
    "server",
    [
        "ssl_protocols TLSv1.2;\nssl_protocols TLSv1.3;",
        "location /a { }\nlocation = /a { }\nlocation ~ /a { }\nlocation ~ /a { }",
        "location ~ /a { location /a/b { } }",
        "location ~ ^/a { location ~ /b { } }",
        "listen 81;\nlisten 127.0.0.1:81;\nlisten [::]:81;",
        "listen 444 ssl;\nssl_reject_handshake on;",
        "location / { limit_except GET { deny all; auth_basic x; } }",
        "allow all;\nallow all;\nadd_header A b;\nadd_header A b;",
    ],
)
def test_accepted(server: str) -> None:
    assert messages(server) == []
