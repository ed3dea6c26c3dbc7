"""Which files are nginx's, and which only look like it."""

import pytest

from auditor.technologies.nginx import NGINX

SITE = "server {\n  listen 80;\n  server_name a.example;\n  location / { proxy_pass http://b; }\n}\n"


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("nginx.conf", "user www-data;\nevents { worker_connections 10; }\nhttp { include mime.types; }\n", 3),
        ("conf.d/default.conf", SITE, 3),
        ("templates/default.conf.template", "server {\n listen ${PORT};\n}\n", 3),
        ("roles/web/templates/nginx.conf.j2", "http {\n  server_name {{ name }};\n}\n", 3),
        ("sites-enabled/records", SITE, 2),
        ("proxy/conf", SITE, 2),
        ("app.conf", "upstream app {\n  server 10.0.0.1:80;\n}\n" + SITE, 2),
        ("nginx/snippets/tls.conf", "ssl_protocols TLSv1.2;\nssl_ciphers HIGH;\n", 1),
        ("pipeline.conf", 'filter {\n  if [a] { mutate { add_field => { "b" => "c" } } }\n}\noutput { http { url => "x" } }\n', None),
        ("named.conf", 'options { listen-on port 53 { any; }; };\nzone "x" { type master; };\n', None),
        ("main.tf", 'resource "x" "server" {\n  listen = 80;\n}\n', None),
        ("default.conf", "[server]\nlisten = 80\n", None),
        ("httpd.conf", "Listen 80\n<VirtualHost *:80>\nServerName a\n</VirtualHost>\n", None),
        ("logrotate.d/nginx", "/var/log/nginx/*.log {\n  daily\n  postrotate\n  invoke-rc.d nginx rotate;\n  endscript\n}\n", None),
        ("nginx.service", "[Service]\nExecStart=/usr/sbin/nginx -g 'daemon on;'\n", None),
        ("syslog-ng/conf.d/nginx.conf", 'source s_nginx { unix-dgram("/run/nginx.sock"); };\nlog { source(s_nginx); };\n', None),
        ("values.yaml", "nginx:\n  conf: |\n    server {\n      listen 80;\n    }\n", None),
    ],
)  # fmt: skip
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = NGINX.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength
