"""nginx in containers and in files: which configuration is in force, and what it says of a request."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.nginx import Nginx, location_for, stranger_let_in
from auditor.technologies.nginx.locations import head_of

COMPOSE = "services:\n  web:\n    image: nginx:1.28.0\n    ports: ['80:80']\n"
SITE = "server {\n  listen 80;\n  server_name a.example;\n  return 301 https://$host$request_uri;\n}\n"


def services(files: dict[str, str]) -> list[Nginx]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Nginx)]


def only(files: dict[str, str]) -> Nginx:
    (found,) = services(files)
    return found


def names(nginx: Nginx) -> list[str]:
    assert not isinstance(nginx.servers, Unknown), nginx.servers
    return [str(server) for server in nginx.servers]


def test_an_image_without_configuration_shows_its_page() -> None:
    nginx = only({"compose.yaml": COMPOSE})
    assert names(nginx) == ["the server localhost"]
    assert nginx.exposure.reach is Reach.PUBLISHED
    assert nginx.version == "1.28.0"


def test_the_image_of_bitnami_has_a_server_and_values_of_its_own() -> None:
    nginx = only({"compose.yaml": COMPOSE.replace("nginx:1.28.0", "bitnami/nginx:1.29.1").replace("80:80", "80:8080")})
    (server,) = nginx.each_server()
    assert [str(listen) for listen in server.listens] == ["port 8080"]
    assert server.level.text("server_tokens", "on") == "off"
    assert server.level.text("client_max_body_size", "1m") == "80M"


def test_an_image_that_publishes_another_port_is_configured_elsewhere() -> None:
    nginx = only({"compose.yaml": COMPOSE.replace("80:80", "443:8443")})
    assert isinstance(nginx.servers, Unknown)


def test_a_mounted_site_stands_beside_or_in_place_of_the_own_one() -> None:
    beside = COMPOSE + "    volumes: ['./a.conf:/etc/nginx/conf.d/a.conf:ro']\n"
    assert names(only({"compose.yaml": beside, "a.conf": SITE})) == ["the server a.example", "the server localhost"]
    instead = COMPOSE + "    volumes: ['./a.conf:/etc/nginx/conf.d/default.conf:ro']\n"
    assert names(only({"compose.yaml": instead, "a.conf": SITE})) == ["the server a.example"]
    folder = COMPOSE + "    volumes: ['./sites:/etc/nginx/conf.d:ro']\n"
    assert names(only({"compose.yaml": folder, "sites/a.conf": SITE})) == ["the server a.example"]


def test_a_main_file_decides_what_is_included() -> None:
    text = COMPOSE + "    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro']\n"
    main = "events { }\nhttp {\n  # include /etc/nginx/conf.d/*.conf;\n" + SITE + "}\n"
    assert names(only({"compose.yaml": text, "nginx.conf": main})) == ["the server a.example"]
    main = main.replace("# include", "include")
    assert names(only({"compose.yaml": text, "nginx.conf": main})) == ["the server localhost", "the server a.example"]


def test_templates_are_filled_from_the_environment() -> None:
    text = (
        COMPOSE + "    environment: {NAME: b.example, BACKEND: 10.0.0.1}\n"
        "    volumes: ['./templates:/etc/nginx/templates:ro']\n"
    )
    template = "server {\n  listen 80;\n  server_name ${NAME};\n  location / { proxy_pass http://${BACKEND}$uri; }\n}\n"
    nginx = only({"compose.yaml": text, "templates/default.conf.template": template})
    assert names(nginx) == ["the server b.example"]
    (server,) = nginx.each_server()
    targets = nginx.targets(server.places[0])
    assert not isinstance(targets, Unknown)
    assert [target.host for target in targets] == ["10.0.0.1"]


def test_a_start_script_that_writes_the_configuration_leaves_it_open() -> None:
    text = (
        COMPOSE
        + "    command: sh -c \"envsubst < /tmp/a > /etc/nginx/conf.d/default.conf && nginx -g 'daemon off;'\"\n"
    )
    assert isinstance(only({"compose.yaml": text}).servers, Unknown)


def test_a_built_image_keeps_its_copied_sites_only() -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    build: .\n    ports: ['80:80']\n",
        "Dockerfile": "FROM nginx:1.28\nCOPY site.conf /etc/nginx/conf.d/site.conf\n",
        "site.conf": SITE,
    }
    assert names(only(files)) == ["the server a.example"]


def test_a_config_map_is_read_in_place() -> None:
    text = """apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  default.conf: |
    server {
      listen 8080;
      server_name a.example;
      location / { root /srv; }
    }
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: nginxinc/nginx-unprivileged:1.27.2
      volumeMounts: [{name: conf, mountPath: /etc/nginx/conf.d}]
  volumes: [{name: conf, configMap: {name: web}}]
"""
    nginx = only({"k8s.yaml": text})
    (server,) = nginx.each_server()
    assert (str(server), server.at.line) == ("the server a.example", 6)


def test_a_main_file_finds_its_includes_beside_it() -> None:
    main = "events { }\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n  include mime.types;\n}\n"
    nginx = only({"proxy/nginx.conf": main, "proxy/conf.d/a.conf": SITE})
    assert names(nginx) == ["the server a.example"]
    assert nginx.consumed == {"proxy/nginx.conf", "proxy/conf.d/a.conf"}


def test_a_site_alone_leaves_open_what_stands_around_it() -> None:
    nginx = only({"sites/a.conf": SITE.replace("return 301 https://$host$request_uri", "root /srv")})
    (server,) = nginx.each_server()
    assert isinstance(server.level.text("server_tokens", "on"), Unknown)
    assert server.level.text("root", "") == "/srv"


def test_an_available_site_that_is_enabled_counts_once() -> None:
    files = {"etc/nginx/sites-available/a": SITE, "etc/nginx/sites-enabled/a": SITE}
    assert [nginx.component for nginx in services(files)] == ["etc/nginx/sites-enabled/a"]


def test_parts_of_servers_are_not_servers() -> None:
    assert services({"nginx/snippets/tls.conf": "ssl_protocols TLSv1.1;\nssl_ciphers HIGH;\n"}) == []


def test_a_fragment_of_the_stream_block() -> None:
    nginx = only({"stream-db.conf": "server {\n  listen 5432;\n  proxy_pass 10.0.0.5:5432;\n}\n"})
    assert nginx.servers == ()
    assert not isinstance(nginx.streams, Unknown)
    assert len(nginx.streams) == 1
    assert not nginx.refused


def test_a_file_that_includes_itself_is_refused() -> None:
    nginx = only({"nginx.conf": "events { }\nhttp {\n  include nginx.conf;\n}\n"})
    assert [problem.message for problem in nginx.refused] == ["expected no file that includes itself"]


def test_template_conditions_leave_values_open() -> None:
    text = (
        "events { }\nhttp {\n  server_tokens off;\n{% if tls %}\n  ssl_protocols TLSv1.2;\n{% endif %}\n"
        "  server {\n    listen 80;\n    server_name {{ name }};\n    {{ extra }}\n    location / { root /srv; }\n  }\n}\n"
    )
    nginx = only({"nginx.conf.j2": text})
    (server,) = nginx.each_server()
    assert server.level.text("server_tokens", "on") == Unknown("a template puts lines in")
    assert nginx.http is not None
    assert nginx.http.text("server_tokens", "on") == "off"
    assert isinstance(nginx.http.find("ssl_protocols"), Unknown)


@pytest.mark.parametrize(
    ("script", "is_known"),
    [("cp a /etc/nginx/conf.d/default.conf\n", False), ('exec /docker-entrypoint.sh "$@"\n', True)],
)
def test_a_start_script_of_the_tree_may_write_the_configuration(script: str, is_known: bool) -> None:
    """It may have the name of the image's own."""
    dockerfile = (
        "FROM nginx:1.28.0\nCOPY docker-entrypoint.sh /usr/local/bin/\n"
        'ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]\nCMD ["nginx", "-g", "daemon off;"]\n'
    )
    nginx = only({"Dockerfile": dockerfile, "docker-entrypoint.sh": f"#!/bin/sh\n{script}"})
    assert isinstance(nginx.servers, Unknown) is not is_known


def test_a_macro_of_a_template_stands_where_it_is_called() -> None:
    text = (
        "{% macro backend() -%}\nproxy_pass http://records;\n{%- endmacro %}\nevents { }\nhttp {\n  server {\n"
        "    listen 80;\n    location / {\n      {{ backend() }}\n    }\n  }\n}\n"
    )
    nginx = only({"nginx.conf.j2": text})
    assert not nginx.refused
    (server,) = nginx.each_server()
    (place,) = server.places
    assert place.level.open == "a template puts lines in"


def test_an_expression_of_the_outer_level_wins_over_a_nested_prefix() -> None:
    text = (
        "events { }\nhttp {\n  server {\n    listen 80;\n    location /a/ {\n      location ^~ /a/b/ { root /one; }\n    }\n"
        "    location ~ \\.php$ { root /two; }\n  }\n}\n"
    )
    (server,) = only({"nginx.conf": text}).each_server()
    found = location_for(server.level, "/a/b/x.php")
    assert not isinstance(found, Unknown)
    assert str(head_of(found)) == "location ~ \\.php$"


def test_an_allowed_list_and_a_password_with_satisfy_any() -> None:
    text = (
        "events { }\nhttp {\n  server {\n    listen 80;\n    satisfy any;\n    allow 10.0.0.0/8;\n"
        '    auth_basic "x";\n    auth_basic_user_file /users;\n    root /srv;\n  }\n}\n'
    )
    (server,) = only({"nginx.conf": text}).each_server()
    access = server.places[0].access
    assert not isinstance(access, Unknown)
    assert access.status("10.1.1.1", logged_in=False) == 200
    assert access.status("192.0.2.1", logged_in=False) == 401
    assert access.status("192.0.2.1", logged_in=True) == 200


@pytest.mark.parametrize(
    ("mount", "expected"),
    [
        ("mountPath: /etc/nginx/conf.d", ["the server a.example"]),
        (
            "mountPath: /etc/nginx/conf.d/site.conf, subPath: site.conf",
            ["the server localhost", "the server a.example"],
        ),
    ],
)
def test_a_whole_config_map_hides_the_own_site_of_the_image(mount: str, expected: list[str]) -> None:
    text = f"""apiVersion: v1
kind: ConfigMap
metadata: {{name: web}}
data:
  site.conf: |
    server {{ listen 8080; server_name a.example; root /srv; }}
---
apiVersion: v1
kind: Pod
metadata: {{name: web}}
spec:
  containers:
    - name: web
      image: nginx:1.27.2
      volumeMounts: [{{name: conf, {mount}}}]
  volumes: [{{name: conf, configMap: {{name: web}}}}]
"""
    assert names(only({"k8s.yaml": text})) == expected


def test_a_variable_that_is_set_once_names_the_upstream() -> None:
    text = """events { }
http {
  server {
    listen 127.0.0.1:80;
    set $host_behind records.internal;
    set $two 127.0.0.1;
    location /a { set $own http://10.0.0.7:8000; proxy_pass $own; location /a/in { proxy_pass $own; } }
    location /b { proxy_pass http://$host_behind:8000$request_uri; }
    location /c { if ($arg_x) { set $two 10.0.0.9; } proxy_pass http://$two; }
  }
}
"""
    nginx = only({"nginx.conf": text})
    (server,) = nginx.each_server()
    found = {place.path: nginx.targets(place) for place in server.places}
    hosts = {
        path: targets if isinstance(targets, Unknown) else [target.host for target in targets]
        for path, targets in found.items()
    }
    assert hosts.pop("/") == []
    assert hosts.pop("/a") == ["10.0.0.7"]
    assert hosts.pop("/b") == ["records.internal"]
    assert all(isinstance(targets, Unknown) for targets in hosts.values()), hosts
    assert list(hosts) == ["/a/in", "/c"]


@pytest.mark.parametrize(
    ("pattern", "stranger"),
    [
        (r"^https://portal\.example$", None),
        (r"^https://[^/]+\.portal\.example(:\d+)?$", None),
        (r"^https://portal\.example", "https://portal.example.stranger.invalid"),
        (r"https?://.*portal\.example$", "https://stranger-portal.example"),
        ("^https://", "https://stranger.invalid"),
        (r"^https://(?!x)portal", None),
    ],
)
def test_a_test_of_the_origin_lets_strangers_in(pattern: str, stranger: str | None) -> None:
    text = (
        'events { }\nhttp {\n  map $http_origin $who { default ""; "~*' + pattern + '" $http_origin; }\n'
        "  server { listen 127.0.0.1:80; add_header Access-Control-Allow-Origin $who; root /srv; }\n}\n"
    )
    (server,) = only({"nginx.conf": text}).each_server()
    assert stranger_let_in(server.level, "$who") == stranger


def test_a_build_with_templates_does_not_keep_the_site_of_the_image() -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    build: .\n    environment: {NAME: a.example}\n",
        "Dockerfile": "FROM nginx:1.28\nRUN rm /etc/nginx/conf.d/default.conf\nCOPY templates/ /etc/nginx/templates/\n",
        "templates/site.conf.template": "server { listen 80; server_name ${NAME}; root /srv; }\n",
    }
    assert names(only(files)) == ["the server a.example"]


@pytest.mark.parametrize(("script", "is_known"), [("open('/etc/nginx/conf.d/a.conf', 'w')", False), ("pass", True)])
def test_a_program_that_the_start_script_calls_may_write_the_configuration(script: str, is_known: bool) -> None:
    files = {
        "compose.yaml": "services:\n  web:\n    build: .\n",
        "Dockerfile": "FROM nginx:1.28\nCOPY bootstrap.py docker-entrypoint.sh /\n"
        'ENTRYPOINT ["/docker-entrypoint.sh"]\nCMD ["nginx", "-g", "daemon off;"]\n',
        "docker-entrypoint.sh": '#!/bin/sh\npython3 /bootstrap.py\nexec "$@"\n',
        "bootstrap.py": script,
    }
    found = services(files)
    assert [not isinstance(each.servers, Unknown) for each in found] == [is_known]
