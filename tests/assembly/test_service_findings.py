"""What a finding says about the server that it is about: how sure it is, and why its severity was lowered."""

from auditor.model.report import Finding
from tests.inventory.scanning import scan


def finding(files: dict[str, str], check: str) -> Finding:
    (found,) = [each for each in scan(files).report.findings if each.check_id == check]
    return found


def compose(image: str, *lines: str) -> dict[str, str]:
    inside = "".join(f"    {line}\n" for line in lines)
    return {"compose.yaml": f"services:\n  cache:\n    image: {image}\n{inside}"}


def test_a_default_of_a_version_that_is_not_known_is_medium() -> None:
    check = "redis-no-tls"
    known = finding(compose("redis:7.4"), check)
    unknown = finding(compose("redis"), check)
    assert (known.confidence, unknown.confidence) == ("high", "medium")


def test_what_a_line_sets_is_high_whatever_the_version() -> None:
    conf = "bind 10.0.0.5\nrequirepass Example-river-4711-willow\ntimeout 0\n"
    found = finding({"redis.conf": conf}, "redis-idle-timeout")
    assert (found.line, found.confidence) == (3, "high")


def test_a_lowered_severity_tells_the_reach_that_lowered_it() -> None:
    found = finding(compose("redis:7.4"), "redis-no-authentication")
    assert [place.message for place in found.related if place.message.startswith("Reach")] == [
        "Reach: container network (no port is published; other containers can reach it)"
    ]


def test_a_severity_that_stands_tells_none() -> None:
    found = finding(compose("redis:7.4", "ports: ['6379:6379']"), "redis-no-authentication")
    assert not [place for place in found.related if place.message.startswith("Reach")]


STREAM = "events { }\nstream {\n  server {\n    listen 6379;\n    proxy_pass cache:6379;\n  }\n}\n"
WEB = "events { }\nhttp {\n  server {\n    listen 80;\n    location / { proxy_pass http://cache:8000; }\n  }\n}\n"
PROXY = """\
  proxy:
    image: nginx:1.27
    ports: ['6379:6379', '80:80']
    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro']
"""


def proxied(image: str, conf: str) -> dict[str, str]:
    return {"compose.yaml": compose(image)["compose.yaml"] + PROXY, "nginx.conf": conf}


def test_a_severity_that_stands_because_of_a_proxy_tells_the_way_in() -> None:
    found = finding(proxied("redis:7.4", STREAM), "redis-no-authentication")
    assert found.severity == "critical"
    (reach,) = [place for place in found.related if place.message.startswith("Reach")]
    assert reach.message.startswith("Reach: published (it is reached through nginx (proxy), port 6379,")
    assert (reach.path, reach.line) == ("nginx.conf", 5)


def test_a_finding_about_what_a_proxy_hands_on_names_what_answers_there() -> None:
    found = finding(proxied("example/app:1", WEB), "nginx-upstream-in-clear")
    assert [(place.path, place.line, place.message) for place in found.related] == [
        ("compose.yaml", 2, "cache answers there")
    ]


def test_a_component_without_a_known_server_shows_the_way_in_through_a_proxy() -> None:
    shown = {each.id: each.exposure for each in scan(proxied("example/app:1", WEB)).report.components}
    assert shown["cache"] == (
        "published: it is reached through nginx (proxy), port 80, location /, handed on in clear to port 8000; "
        "there, port 80 is published on all addresses (ports)"
    )
    alone = {each.id: each.exposure for each in scan(compose("example/app:1")).report.components}
    assert alone["cache"] == ""


def test_of_an_env_file_that_an_application_and_its_database_share_the_application_is_told_about() -> None:
    compose = (
        "services:\n  db:\n    image: postgres:16\n    env_file: .env\n  portal:\n    image: example/portal:3\n"
        "    env_file: .env\n"
    )
    files = {"compose.yaml": compose, ".env": "DJANGO_SECURE_SSL_REDIRECT=False\nPOSTGRES_PASSWORD=${PASSWORD:?}\n"}
    assert finding(files, "app-https-not-enforced").component == "portal"


def test_folders_and_names_of_what_nobody_runs_as_it_is() -> None:
    conf = "bind 10.0.0.5\nrequirepass Example-river-4711-willow\nrename-command CONFIG x\n"
    aside = ["Clinic.Api.UnitTests/redis.conf", "Clinic.Test/redis.conf", "redis.example.conf", "redis.conf.sample"]
    live = ["Latest/redis.conf", "contest/redis.conf", "ward.conf/redis.conf", "samples-lab/redis.conf"]
    found = {
        path: (each.severity, each.confidence)
        for path in (*aside, *live)
        for each in [finding({path: conf}, "redis-no-tls")]
    }
    assert [found[path] for path in aside] == [("medium", "low")] * len(aside)
    assert [found[path] for path in live] == [("high", "high")] * len(live)
