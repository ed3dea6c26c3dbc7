"""Repositories made to harm the program: each ends in a clear row of the coverage, with the rest scanned."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).parents[1]
SANE = "bind 0.0.0.0\nprotected-mode no\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n"
SECRET = "Kq7vZ2mXn9Tb4LwR"
SECONDS = 60


@dataclass(frozen=True)
class Scanned:
    code: int
    report: dict[str, Any]
    output: str

    def file(self, path: str) -> dict[str, Any]:
        (row,) = [row for row in self.report["coverage"]["files"] if row["path"] == path]
        return dict(row)

    def status(self, path: str) -> str:
        return str(self.file(path)["status"])

    def messages(self, path: str) -> list[str]:
        return [found["message"] for found in self.report["diagnostics"] if found["path"] == path]


def run(root: Path, *options: str, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, sys.executable, "-m", "auditor", "scan", str(root), "--fail-on", "never", *options],
        capture_output=True,
        text=True,
        errors="replace",
        cwd=CHECKOUT,
        timeout=SECONDS,
        check=False,
    )


def scan(root: Path, prefix: tuple[str, ...] = ()) -> Scanned:
    """Scan a folder that holds the sane file too, and see that it was judged whatever stands beside it."""
    write(root, {"sane/.env": "DB_PASSWORD=postgres\n"})
    done = run(root, "--format", "json", "--verbose", prefix=prefix)
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 4}, done.stderr
    scanned = Scanned(done.returncode, json.loads(done.stdout), done.stdout + done.stderr)
    assert scanned.status("sane/.env") == "parsed"
    assert any(found["path"] == "sane/.env" for found in scanned.report["findings"])
    return scanned


def write(root: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def unreadable(root: Path, path: str, reason: str) -> Scanned:
    scanned = scan(root)
    assert scanned.code == 4
    assert scanned.status(path) == "unreadable"
    assert reason in scanned.file(path)["reason"]
    assert any(reason in message for message in scanned.messages(path))
    return scanned


def test_yaml_alias_bomb(tmp_path: Path) -> None:
    lines = ["x0: &x0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 12)]
    write(tmp_path, {"bomb.yaml": POD + "  containers: []\n" + "\n".join(lines) + "\n"})
    unreadable(tmp_path, "bomb.yaml", "aliases")


def test_merge_key_bomb(tmp_path: Path) -> None:
    lines = ["x0: &x0 {a: 1, b: 2}"]
    lines += [f"x{n}: &x{n} {{k{n}: 1, <<: [{', '.join([f'*x{n - 1}'] * 9)}]}}" for n in range(1, 12)]
    write(tmp_path, {"compose.yaml": "services:\n  a:\n    image: redis\n" + "\n".join(lines) + "\n"})
    unreadable(tmp_path, "compose.yaml", "aliases")


def test_alias_to_itself(tmp_path: Path) -> None:
    write(tmp_path, {"loop.yaml": POD + "  containers: &a [*a]\n"})
    assert scan(tmp_path).status("loop.yaml") in {"unreadable", "parsed"}


@pytest.mark.parametrize("name", ["redis.conf", "compose.yaml", ".env", "pg_hba.conf", "main.tf", "Dockerfile"])
def test_a_hundred_megabytes(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: SANE if name == "redis.conf" else "services:\n" if name == "compose.yaml" else "A=1\n"})
    with (tmp_path / name).open("r+b") as file:
        file.truncate(100 * 1024 * 1024)
    scanned = scan(tmp_path)
    assert scanned.status(name) != "parsed"
    assert scanned.file(name)["bytes"] == 100 * 1024 * 1024
    assert scanned.file(name)["reason"]


def test_a_large_text_file_of_a_known_name(tmp_path: Path) -> None:
    write(tmp_path, {"redis/redis.conf": SANE + "# more\n" * 1_000_000})
    scanned = unreadable(tmp_path, "redis/redis.conf", "larger than 5 MiB")
    assert [found["kind"] for found in scanned.report["diagnostics"]] == ["limit"]


@pytest.mark.parametrize(
    "deep",
    [
        "[" * 10_000,
        "[" * 10_000 + "]" * 10_000,
        "{a: " * 10_000 + "1" + "}" * 10_000,
        "\n" + "".join(" " * (n + 4) + "a:\n" for n in range(2_000)),
        "- " * 10_000 + "a",
        "? " * 10_000 + "a",
        "!t " * 10_000 + "a",
    ],
    ids=["open", "list", "mapping", "indented", "dashes", "questions", "tags"],
)
def test_deep_yaml(tmp_path: Path, deep: str) -> None:
    write(tmp_path, {"deep.yaml": POD + "  containers: " + deep + "\n"})
    assert scan(tmp_path).status("deep.yaml") in {"unreadable", "partial"}


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_s3_bucket" "a" {\n  bucket = ' + "(" * 10_000 + "1" + ")" * 10_000 + "\n}\n",
        'resource "aws_s3_bucket" "a" {\n  bucket = ' + "[" * 10_000 + "\n}\n",
        'resource "aws_s3_bucket" "a" {\n' + "b {\n" * 10_000 + "}\n" * 10_000 + "}\n",
        'resource "aws_s3_bucket" "a" {\n  bucket = ' + '"${' * 5_000 + "1" + '}"' * 5_000 + "\n}\n",
        "locals {\n  a = " + "!" * 10_000 + "true\n}\n",
        "locals {\n  a = 1" + " + 1" * 10_000 + "\n}\n",
        "locals {\n  a = local.a\n}\n",
        "locals {\n  a = local.b\n  b = local.a\n}\n",
        "locals {\n" + "".join(f"  a{n} = [local.a{n + 1}, local.a{n + 1}]\n" for n in range(200)) + "}\n",
    ],
    ids=["parentheses", "open", "blocks", "templates", "not", "sum", "itself", "circle", "doubling"],
)
def test_hostile_terraform(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"main.tf": text})
    scanned = scan(tmp_path)
    assert scanned.status("main.tf") in {"parsed", "partial", "unreadable"}


@pytest.mark.parametrize(
    "text",
    [
        "A=${A}\nB=${C}\nC=${B}\n",
        "A=" + "${A:-" * 10_000 + "x" + "}" * 10_000 + "\n",
        "A0=xx\n" + "".join(f"A{n}=${{A{n - 1}}}${{A{n - 1}}}\n" for n in range(1, 200)),
    ],
    ids=["circle", "nested", "doubling"],
)
def test_hostile_interpolation(tmp_path: Path, text: str) -> None:
    write(
        tmp_path, {".env": text, "compose.yaml": "services:\n  a:\n    image: redis:${A199:-7}\n    env_file: .env\n"}
    )
    scanned = scan(tmp_path)
    assert scanned.status("compose.yaml") in {"parsed", "partial"}


def test_compose_extends_and_include_loops(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "compose.yaml": "include: [other.yaml, compose.yaml]\nservices:\n  a:\n    extends: {service: b}\n  b:\n    extends: {service: a}\n",
            "other.yaml": "include: [compose.yaml]\nservices:\n  c:\n    image: redis\n    extends: {file: compose.yaml, service: a}\n",
        },
    )
    assert scan(tmp_path).status("compose.yaml") in {"parsed", "partial", "unreadable"}


def test_a_wide_port_range(tmp_path: Path) -> None:
    ports = "\n".join(f'      - "{n}.0.0.1:1-65535:1-65535"' for n in range(1, 200))
    write(tmp_path, {"compose.yaml": f"services:\n  a:\n    image: redis:7\n    ports:\n{ports}\n"})
    assert scan(tmp_path).status("compose.yaml") in {"parsed", "partial"}


@pytest.mark.parametrize("name", ["data.yaml", "compose.yaml", "redis.conf", ".env", "pg_hba.conf"])
def test_binary_of_a_text_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: b"\x7fELF\x02\x01\x01\0\0\0" + bytes(range(256)) * 64})
    scanned = scan(tmp_path)
    assert scanned.status(name) in {"skipped", "unreadable"}
    assert scanned.file(name)["reason"]


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)
def test_byte_order_marks(tmp_path: Path, encoding: str, mark: bytes) -> None:
    write(tmp_path, {"a/redis.conf": mark + f"# größe\n{SANE}".encode(encoding)})
    scanned = scan(tmp_path)
    assert scanned.status("a/redis.conf") == "parsed"
    assert "a/redis.conf" in {found["path"] for found in scanned.report["findings"]}


@pytest.mark.parametrize(
    "comment",
    [b"# gr\xf6\xdfe \xa9", b"# \xff\xfe\xfd", b"# \xc3\x28 \xed\xa0\x80 \xf8"],
    ids=["latin-1", "ff", "broken"],
)
def test_text_that_is_not_utf_8(tmp_path: Path, comment: bytes) -> None:
    write(tmp_path, {"a/redis.conf": comment + b"\n" + SANE.encode()})
    assert scan(tmp_path).status("a/redis.conf") == "parsed"


def test_broken_utf_16(tmp_path: Path) -> None:
    write(tmp_path, {"a/redis.conf": b"\xff\xfe" + SANE.encode("utf-16-le") + b"\x00\xd8\x00"})
    assert scan(tmp_path).status("a/redis.conf") in {"skipped", "unreadable"}


def test_links_that_loop_leave_the_root_or_lead_nowhere(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    write(outside, {"redis.conf": f"requirepass {SECRET}\n"})
    write(root, {"real/redis.conf": SANE})
    (root / "loop").symlink_to(root)
    (root / "a.conf").symlink_to("b.conf")
    (root / "b.conf").symlink_to("a.conf")
    (root / "redis.conf").symlink_to(outside / "redis.conf")
    (root / "away").symlink_to(outside)
    (root / "inside.conf").symlink_to("real/redis.conf")
    (root / "nowhere.conf").symlink_to("missing")
    scanned = scan(root)
    for name in ("loop", "a.conf", "b.conf", "redis.conf", "away", "nowhere.conf"):
        assert scanned.status(name) == "skipped", name
        assert "link" in scanned.file(name)["reason"]
    assert SECRET not in scanned.output
    assert len(scanned.report["coverage"]["files"]) == 9


def test_redis_include_loop(tmp_path: Path) -> None:
    write(tmp_path, {"redis.conf": "include b.conf\n" + SANE, "b.conf": "include redis.conf\nport 6380\n"})
    scanned = scan(tmp_path)
    assert scanned.status("redis.conf") in {"parsed", "partial"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("redis.conf", "include {}\n" + SANE),
        ("redis.conf", "aclfile {}\n" + SANE),
        ("postgresql.conf", "listen_addresses = '*'\nssl = off\ninclude '{}'\n"),
        ("pg_hba.conf", "host all all 0.0.0.0/0 trust\nlocal all @{} md5\n"),
        (
            "compose.yaml",
            "services:\n  a:\n    image: redis\n    env_file: {}\n    volumes: ['{}:/usr/local/etc/redis/redis.conf']\n",
        ),
        ("main.tf", 'resource "aws_instance" "a" {{\n  user_data = file("{}")\n}}\n'),
        ("kustomization.yaml", "resources:\n  - {}\n"),
    ],
)
@pytest.mark.parametrize("climb", [False, True], ids=["absolute", "climbing"])
def test_files_outside_are_not_read(tmp_path: Path, name: str, text: str, climb: bool) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside.conf"
    outside.write_text(f"API_PASSWORD={SECRET}\nrequirepass {SECRET}\n")
    target = "../outside.conf" if climb else str(outside)
    write(root, {name: text.format(target, target)})
    scanned = scan(root)
    assert scanned.status(name) in {"parsed", "partial", "skipped"}
    assert SECRET not in scanned.output
    assert not any("outside.conf" in row["path"] for row in scanned.report["coverage"]["files"])


def test_fifo_and_socket_names(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "redis.conf")
    write(tmp_path, {"x/compose.yaml": "services:\n  a:\n    image: redis\n    env_file: ../redis.conf\n"})
    scanned = scan(tmp_path)
    assert scanned.status("redis.conf") == "skipped"
    assert "regular" in scanned.file("redis.conf")["reason"]


def test_an_include_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"redis.conf": "include sub\n" + SANE, "sub/note": "x"})
    assert scan(tmp_path).status("redis.conf") in {"parsed", "partial"}


def test_unreadable_files_and_folders(tmp_path: Path) -> None:
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root reads everything, and setpriv is not installed to take that right away")
        prefix = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    write(tmp_path, {"a/redis.conf": SANE, "b/redis.conf": SANE})
    (tmp_path / "a/redis.conf").chmod(0)
    (tmp_path / "b").chmod(0)
    try:
        scanned = scan(tmp_path, prefix)
    finally:
        (tmp_path / "b").chmod(0o755)
    assert scanned.code == 4
    assert (scanned.status("a/redis.conf"), scanned.status("b")) == ("unreadable", "unreadable")


def test_names_of_every_kind(tmp_path: Path) -> None:
    names = [
        "new\nline.conf",
        "\x1b[31mred.conf",
        "<script>.conf",
        "'\"`$(x).conf",
        "ä\u202e.conf",
        " .conf",
        "a" * 250 + ".conf",
    ]
    write(tmp_path, dict.fromkeys(names, SANE))
    (tmp_path / os.fsdecode(b"broken\xff.conf")).write_text(SANE)
    scanned = scan(tmp_path)
    assert {row["path"] for row in scanned.report["coverage"]["files"]} >= set(names)
    text = run(tmp_path, "--format", "text")
    assert "\x1b" not in text.stdout + text.stderr
    assert "\x1b" not in run(tmp_path, "--explain-files", "--format", "text").stderr


def test_escape_sequences_in_values_do_not_reach_the_terminal(tmp_path: Path) -> None:
    escape = "\\e]0;owned\\a\\e[2J"
    write(
        tmp_path,
        {
            "compose.yaml": f'services:\n  "a{escape}":\n    image: "redis{escape}"\n    privileged: true\n    command: "redis-server --protected-mode no"\n',
            "redis.conf": "bind 0.0.0.0 # \x1b]0;owned\x07\nprotected-mode no\nport \x1b[2J\n",
        },
    )
    done = run(tmp_path, "--format", "text", "--explain-files", "--verbose")
    assert not {"\x1b", "\x07"} & set(done.stdout + done.stderr)


def test_markup_in_every_string_stays_text_in_html(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    write(
        tmp_path,
        {
            "compose.yaml": f'services:\n  "{evil}":\n    image: "redis:{evil}"\n    privileged: true\n    ports: ["6379:6379"]\n',
            f"{evil.replace('/', '')}.redis.conf": f"{SANE}# {evil}\nlogfile {evil}\n",
        },
    )
    assert run(tmp_path, "--format", f"html={tmp_path / 'out.html'}").returncode in {0, 4}
    page = (tmp_path / "out.html").read_text()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_git_directory_that_lies(tmp_path: Path) -> None:
    (tmp_path / ".git/objects").mkdir(parents=True)
    write(
        tmp_path,
        {
            ".git/HEAD": "ref: refs/heads/../../../etc/passwd\n",
            ".git/config": "[core]\n\tfsmonitor = touch EXECUTED\n\thooksPath = .\n",
            ".git/index": b"DIRC\0\0\0\2\xff\xff\xff\xff",
            ".gitattributes": "* filter=x diff=y\n",
            ".gitignore": "*a" * 60 + "*b\n",
        },
    )
    scanned = scan(tmp_path)
    assert scanned.report["scan"]["git"] is None
    assert not list(tmp_path.rglob("EXECUTED"))


def test_many_files_of_one_folder(tmp_path: Path) -> None:
    for number in range(300):
        write(tmp_path, {f"many/{number}.redis.conf": "include *.conf\n" + SANE})
    assert scan(tmp_path).code in {0, 4}


def test_ignore_patterns_that_would_backtrack(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".auditorignore": "*a" * 60 + "*b\n" + "**/a/" * 60 + "**/b\nout\n",
            "a" * 200 + ".env": "A=1\n",
            "out/.env": "A=1\n",
        },
    )
    scanned = scan(tmp_path)
    assert "out/.env" not in {row["path"] for row in scanned.report["coverage"]["files"]}


def test_an_ignore_file_that_is_a_link_or_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "patterns").write_text("*\n")
    (tmp_path / "link").mkdir()
    (tmp_path / "link/.auditorignore").symlink_to("../patterns")
    (tmp_path / "pipe").mkdir()
    os.mkfifo(tmp_path / "pipe/.auditorignore")
    scan(tmp_path / "link")
    scan(tmp_path / "pipe")


def test_folders_two_thousand_deep(tmp_path: Path) -> None:
    folder = tmp_path
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1_900):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
        folder /= "d"
    os.close(os.open(".env", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    try:
        scanned = scan(tmp_path)
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)
    assert {"d/" * 1_900 + ".env", "sane/.env"} <= {row["path"] for row in scanned.report["coverage"]["files"]}
