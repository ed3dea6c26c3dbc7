"""Variables, `if` blocks and expressions beside protected paths mean to us what they mean to nginx."""

import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from auditor.model.source import Source
from auditor.model.unknown import Unknown, known
from auditor.technologies.nginx import Nginx, location_for, stranger_let_in
from auditor.technologies.nginx.build import service_of_file
from auditor.technologies.nginx.document import read
from auditor.technologies.nginx.places import Place
from tests.oracle.namespace import Namespace, NoNamespaceError, network_namespace
from tests.oracle.nginx.server import Answer, Request, accepted, ask, running

PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
PORT = 7080
FIRST, SECOND = "7998", "7999"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed"),
]

TEXT = """daemon off; master_process off; error_log stderr emerg; pid nginx.pid;
events {{ }}
http {{
  access_log off; root {folder}/www; add_header X-T-Outer 1;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
  fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 7998; add_header X-T-Backend 7998; location / {{ return 200 x; }} }}
  server {{ listen 7999; add_header X-T-Backend 7999; location / {{ return 200 x; }} }}
  server {{
    listen 7080;
    set $of_server 127.0.0.1:7998;
    set $chosen 7998;
    location /own {{ set $here http://127.0.0.1:7999; location /own/in {{ proxy_pass $here; }} proxy_pass $here; }}
    location /server {{ location /server/in {{ proxy_pass http://$of_server$request_uri; }} }}
    location /twice {{ if ($arg_x) {{ set $chosen 7999; }} proxy_pass http://127.0.0.1:$chosen; }}
    location /case {{ if ($arg_x) {{ add_header X-T-Inner 1; }} }}
    location /plain {{ if ($arg_x) {{ set $unused 1; }} }}
    location /closed/ {{ deny all; }}
    location ~ \\.php$ {{ }}
    location /origin {{
      if ($http_host ~* "^a\\.example") {{ add_header X-T-Origin $http_host; }}
    }}
  }}
}}
"""


class NoFiles:
    """No file beside the one that is read."""

    def open(self, path: str) -> None:
        del path

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="nginx-", dir="/tmp") as made:
        for name in ("case", "plain", "closed/x.php", "closed/x.txt", "origin"):
            file = Path(made, "www", name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("x", "utf-8")
        Path(made, "nginx.conf").write_text(TEXT.format(folder=made), "utf-8")
        yield Path(made)


@pytest.fixture(scope="module")
def nginx(folder: Path) -> Nginx:
    path = folder / "nginx.conf"
    return service_of_file(read(Source(path=str(path), text=path.read_text("utf-8"))), NoFiles())


@pytest.fixture(scope="module")
def answers(namespace: Namespace, folder: Path) -> dict[str, Answer]:
    def all_of(program: str) -> dict[str, Answer]:
        found: dict[str, Answer] = {}
        assert accepted(program, folder)
        with running(program, folder, PORT):
            for path in ("/own", "/own/in", "/server/in", "/twice", "/twice?x=1", "/case", "/case?x=1", "/plain?x=1",
                         "/closed/x.php", "/closed/x.txt", "/origin"):  # fmt: skip
                answer = ask(Request("127.0.0.1", PORT, False, "a.example.stranger.invalid", path, "GET", False))
                assert answer is not None, path
                found[path] = answer
        return found

    assert PROGRAM is not None
    return namespace.run(partial(all_of, PROGRAM))


def place(nginx: Nginx, path: str) -> Place:
    server = known(nginx.servers)[-1]
    level = location_for(server.level, path)
    assert not isinstance(level, Unknown)
    return Place(level, None)


@pytest.mark.parametrize(("path", "backend"), [("/own", SECOND), ("/server/in", FIRST)])
def test_a_variable_set_once_is_where_requests_go(
    nginx: Nginx, answers: dict[str, Answer], path: str, backend: str
) -> None:
    assert dict(answers[path].headers)["x-t-backend"] == backend
    found = place(nginx, path)
    assert found.passes is not None
    assert not isinstance(nginx.targets(found), Unknown)


@pytest.mark.parametrize("path", ["/own/in", "/twice"])
def test_a_variable_that_is_not_set_for_every_request_is_left_open(
    nginx: Nginx, answers: dict[str, Answer], path: str
) -> None:
    assert isinstance(nginx.targets(place(nginx, path)), Unknown)
    assert answers["/own/in"].status == 500
    assert answers["/twice"].headers != answers["/twice?x=1"].headers


@pytest.mark.parametrize("path", ["/case", "/plain"])
def test_headers_of_an_if_take_the_place_of_those_around_it(
    nginx: Nginx, answers: dict[str, Answer], path: str
) -> None:
    (case,) = place(nginx, path).level.children("if")
    headers = Place(case, None).headers
    assert not isinstance(headers, Unknown)
    ours = sorted((header.name, str(header.value)) for header in headers)
    assert ours == list(answers[f"{path}?x=1"].headers)


def test_an_expression_answers_below_a_closed_path(nginx: Nginx, answers: dict[str, Answer]) -> None:
    assert (answers["/closed/x.txt"].status, answers["/closed/x.php"].status) == (403, 200)
    assert place(nginx, "/closed/x.php").level.words == ("~", r"\.php$")


def test_an_expression_without_an_end_lets_strangers_in(answers: dict[str, Answer]) -> None:
    assert dict(answers["/origin"].headers)["x-t-origin"] == "a.example.stranger.invalid"
    text = (
        'server { listen 80; location / { if ($http_origin ~* "^https://a\\.example") '
        "{ add_header Access-Control-Allow-Origin $http_origin; } } }"
    )
    found = service_of_file(read(Source(path="a.conf", text=text)), NoFiles())
    case = next(each for server in known(found.servers) for each in server.cases if each.level.kind == "if")
    assert stranger_let_in(case.level, "$http_origin") == "https://a.example.stranger.invalid"
