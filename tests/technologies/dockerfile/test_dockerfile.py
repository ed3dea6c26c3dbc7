"""Dockerfiles: syntax, stages, what a container starts with, and what COPY puts where."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.errors import FormatError
from auditor.inventory.files import Files
from auditor.model.credential import Credential
from auditor.model.fact import Fact
from auditor.model.image import ImageBuild
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, MountKind, Role, Workload
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.dockerfile import DOCKERFILE
from auditor.technologies.dockerfile.syntax import KEYWORDS, read


def facts(files: dict[str, str] | str) -> list[Fact]:
    tree = {"Dockerfile": files} if isinstance(files, str) else files
    return list(take_estate(MemoryTree(tree)).facts)


def image(files: dict[str, str] | str) -> Workload:
    (found,) = [fact for fact in facts(files) if isinstance(fact, Workload)]
    return found


def value(located: Located[str] | None) -> str | None:
    if located is None:
        return None
    return "unknown" if isinstance(located.value, Unknown) else located.value


def values(row: tuple[Located[str], ...] | None) -> list[str | None] | None:
    return None if row is None else [value(word) for word in row]


def env(text: str) -> dict[str, str | None]:
    return {
        name: None if isinstance(variable.value, Unknown) else variable.value
        for name, variable in image(text).environment.items()
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM a\nRUN x \\\n  y\nCMD z", [("FROM", "a"), ("RUN", "x   y"), ("CMD", "z")]),
        ("from a\ncmd z", [("FROM", "a"), ("CMD", "z")]),
        ("FROM a\nRUN x \\\n# note\n\n  y\nUSER u", [("FROM", "a"), ("RUN", "x   y"), ("USER", "u")]),
        ("# escape=`\nFROM a\nRUN x `\n  y\nCOPY c:\\ d", [("FROM", "a"), ("RUN", "x   y"), ("COPY", "c:\\ d")]),
        ("# note\n# escape=`\nFROM a\nRUN x `\nUSER y", [("FROM", "a"), ("RUN", "x `"), ("USER", "y")]),
        ("FROM a\nRUN <<EOF\nUSER root\nEOF\nUSER b", [("FROM", "a"), ("RUN", "<<EOF"), ("USER", "b")]),
        ("FROM a\nRUN <<-EOF cat\n\tUSER root\n\tEOF\nUSER b", [("FROM", "a"), ("RUN", "<<-EOF cat"), ("USER", "b")]),
        ("FROM a\nRUN <<A <<'B'\nx\nA\ny\nB\nUSER b", [("FROM", "a"), ("RUN", "<<A <<'B'"), ("USER", "b")]),
        ("FROM a\nONBUILD RUN <<EOF\nUSER root\nEOF\nUSER b", [("FROM", "a"), ("ONBUILD", "RUN <<EOF"), ("USER", "b")]),
        ("FROM a\nRUN cat <<< x\nUSER b", [("FROM", "a"), ("RUN", "cat <<< x"), ("USER", "b")]),
        ("FROM a\nRUN echo $((1<<2))\nUSER b", [("FROM", "a"), ("RUN", "echo $((1<<2))"), ("USER", "b")]),
        ("FROM a\nRUN x \\", [("FROM", "a"), ("RUN", "x")]),
    ],
)
def test_instructions(text: str, expected: list[tuple[str, str]]) -> None:
    syntax = read(Source(path="Dockerfile", text=text), text)
    assert [(instruction.keyword, instruction.text) for instruction in syntax.instructions] == expected
    assert not syntax.problems


def test_what_is_no_instruction_is_a_problem() -> None:
    text = "FROM a\nnonsense here\nRUN <<EOF\nx"
    problems = read(Source(path="Dockerfile", text=text), text).problems
    assert [problem.at.line for problem in problems] == [2, 3]


def test_no_from_is_refused() -> None:
    with pytest.raises(FormatError):
        DOCKERFILE.parse(Source(path="Dockerfile", text="RUN x\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ENV A=1 B=2", {"A": "1", "B": "2"}),
        ("ENV A one two", {"A": "one two"}),
        ("ENV A='x y' B=\"x y\" C=x\\ y", {"A": "x y", "B": "x y", "C": "x y"}),
        ("ENV A=1\nENV B=$A C=${A}x D='$A' E=\\$A", {"A": "1", "B": "1", "C": "1x", "D": "$A", "E": "$A"}),
        ("ENV A=${X:-d} B=${X}", {"A": "d", "B": None}),
        ("ARG X=a\nENV A=$X", {"A": "a"}),
        ("ARG X\nENV A=$X", {"A": None}),
        ("ARG X=a\nENV X=b\nENV A=$X", {"X": "b", "A": "b"}),
        ("ENV PATH=/x:$PATH", {"PATH": None}),
        ("ENV A=1 \\\n    # note\n    B=2", {"A": "1", "B": "2"}),
        ("ENV A=${B#x}", {"A": None}),
    ],
)
def test_environment(text: str, expected: dict[str, str | None]) -> None:
    assert env(f"FROM x:1\n{text}\n") == expected


def test_environment_value_has_its_place() -> None:
    variable = image('FROM x:1\nENV A=1 \\\n  B="two words"\n').environment["B"]
    assert (variable.at.line, variable.at.column, variable.at.end_column) == (3, 6, 14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM redis:7", "redis:7"),
        ("ARG V=7\nFROM redis:${V}", "redis:7"),
        ("ARG V\nFROM redis:${V}", "unknown"),
        ("FROM --platform=linux/amd64 redis:7 AS r", "redis:7"),
        ("FROM a:1 AS base\nFROM base", "a:1"),
        ("FROM a:1 AS b\nFROM c:1\nCOPY --from=b /x /x", "c:1"),
        ("FROM a:1\nARG V=7\nFROM redis:${V}", "unknown"),
    ],
)
def test_base_image(text: str, expected: str) -> None:
    assert value(image(text).image) == expected


def test_name_of_a_base_with_unknown_tag() -> None:
    assert image("ARG V\nFROM redis:${V}").image_name == "redis"


def test_final_stage_decides_and_inherits() -> None:
    text = "FROM a:1 AS base\nUSER app\nENV A=1\nFROM b:1 AS build\nUSER root\nENV B=2\nFROM base\nEXPOSE 80 53/udp\n"
    workload = image(text)
    assert value(workload.user) == "app"
    assert set(workload.environment) == {"A"}
    assert [(port.container, port.protocol, port.published) for port in workload.ports] == [
        (80, "tcp", False),
        (53, "udp", False),
    ]


@pytest.mark.parametrize(
    ("text", "entrypoint", "command"),
    [
        ('CMD ["a", "b"]', None, ["a", "b"]),
        ("CMD a b", None, ["/bin/sh", "-c", "a b"]),
        ('SHELL ["/bin/bash", "-c"]\nCMD a', None, ["/bin/bash", "-c", "a"]),
        ('ENTRYPOINT ["a"]\nCMD ["b"]', ["a"], ["b"]),
        ('CMD ["b"]\nENTRYPOINT ["a"]', ["a"], ["b"]),
        ("CMD [not json]", None, ["/bin/sh", "-c", "[not json]"]),
        ("RUN x", None, None),
    ],
)
def test_command(text: str, entrypoint: list[str] | None, command: list[str] | None) -> None:
    workload = image(f"FROM x:1\n{text}\n")
    assert (values(workload.entrypoint), values(workload.command)) == (entrypoint, command)


def test_entrypoint_drops_the_command_of_the_stage_below() -> None:
    workload = image('FROM x:1 AS b\nCMD ["old"]\nFROM b\nENTRYPOINT ["new"]\n')
    assert (values(workload.entrypoint), workload.command) == (["new"], None)


def test_onbuild_changes_nothing() -> None:
    assert image("FROM x:1\nONBUILD USER root\nUSER app\n").user is not None
    assert value(image("FROM x:1\nUSER app\nONBUILD USER root\n").user) == "app"


COPIES = [
    ("COPY redis.conf /etc/redis.conf", "/etc/redis.conf", "docker/redis.conf"),
    ("COPY redis.conf /etc/", "/etc/redis.conf", "docker/redis.conf"),
    ('COPY ["redis.conf", "/etc/redis.conf"]', "/etc/redis.conf", "docker/redis.conf"),
    ("COPY --chown=a:b redis.conf /etc/redis.conf", "/etc/redis.conf", "docker/redis.conf"),
    ("COPY conf /etc/redis", "/etc/redis", "docker/conf"),
    ("COPY conf/*.conf /etc/redis/", "/etc/redis/extra.conf", "docker/conf/extra.conf"),
    ("WORKDIR /srv\nCOPY redis.conf .", "/srv/redis.conf", "docker/redis.conf"),
    ("WORKDIR /srv\nWORKDIR app\nCOPY redis.conf r.conf", "/srv/app/r.conf", "docker/redis.conf"),
    ("ENV D=/data\nCOPY redis.conf $D/r.conf", "/data/r.conf", "docker/redis.conf"),
]


@pytest.mark.parametrize(("text", "target", "path"), COPIES, ids=[case[0] for case in COPIES])
def test_copy(text: str, target: str, path: str) -> None:
    files = {
        "docker/Dockerfile": f"FROM x:1\n{text}\n",
        "docker/redis.conf": "port 1\n",
        "docker/conf/extra.conf": "port 2\n",
    }
    (mount,) = image(files).mounts
    assert (mount.kind, mount.target, mount.repository_path) == (MountKind.COPY, target, path)


@pytest.mark.parametrize("start", ["COPY", "ONBUILD COPY"])
@pytest.mark.parametrize(
    "written", ["Kj3h4kjh5k3jhZZ9", r"Kj3h\$4kjh5k3jhZZ9", r"K\$j3h4\$kjh5k3jhZ\$", r"Kj3h4kjh5k3jhZZ\$\$9"]
)
def test_a_secret_of_a_here_document_has_its_place(start: str, written: str) -> None:
    text = f"FROM a:1\n{start} <<EOF /etc/redis.conf\n# \\$\nrequirepass {written}\nEOF\n"
    (found,) = [fact for fact in facts(text) if isinstance(fact, Credential)]
    assert text.split("\n")[found.at.line - 1][found.at.column - 1 : found.at.end_column] == written


def test_a_thousand_stages_each_from_the_one_before() -> None:
    stages = "".join(f"FROM s{number} AS s{number + 1}\nCOPY --from=s{number} /a /a\n" for number in range(1000))
    estate = take_estate(MemoryTree({"Dockerfile": f"FROM a:1 AS s0\nENV A=1\nCOPY a /a\n{stages}"}))
    assert not estate.faults
    (workload,) = [fact for fact in estate.facts if isinstance(fact, Workload)]
    assert workload.image is not None
    assert workload.image.value == "a:1"
    assert "A" in workload.environment


def test_stages_that_copy_twice_from_the_one_before_are_followed_once_each() -> None:
    copies = "".join(
        f"FROM a:1 AS s{number + 1}\nCOPY --from=s{number} /a /b\nCOPY --from=s{number} /a /a\n" for number in range(40)
    )
    found = image({"Dockerfile": f"FROM a:1 AS s0\nCOPY a.conf /a\n{copies}", "a.conf": "x\n"}).mounts
    assert [(mount.target, mount.repository_path) for mount in found] == [("/a", "a.conf"), ("/b", "a.conf")]


def test_copy_from_a_stage_is_followed() -> None:
    text = "FROM a:1 AS b\nCOPY redis.conf /x/\nRUN make\nFROM c:1\nCOPY --from=b /x/redis.conf /r.conf\nCOPY --from=b /out /out\n"
    out, conf = image({"Dockerfile": text, "redis.conf": "port 1\n"}).mounts
    assert (conf.target, conf.repository_path) == ("/r.conf", "redis.conf")
    assert (out.target, out.kind) == ("/out", MountKind.UNKNOWN)


def test_context_above_the_dockerfile() -> None:
    files = {"docker/web/Dockerfile": "FROM x:1\nCOPY conf/app.conf /app.conf\n", "conf/app.conf": "a\n"}
    (mount,) = image(files).mounts
    assert mount.repository_path == "conf/app.conf"


def test_later_layers_come_first() -> None:
    mounts = image(
        {"Dockerfile": "FROM x:1\nCOPY a.conf /c.conf\nCOPY b.conf /c.conf\n", "a.conf": "", "b.conf": ""}
    ).mounts
    assert mounts[0].repository_path == "b.conf"


def test_edited_file_is_not_known() -> None:
    text = "FROM x:1\nCOPY a.conf /etc/a.conf\nRUN sed -i s/a/b/ /etc/a.conf\n"
    assert image({"Dockerfile": text, "a.conf": "a"}).mounts[0].kind is MountKind.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "COPY <<EOF /etc/redis.conf\nport 1\nEOF",
        "COPY <<-'EOF' /etc/redis.conf\n\tport 1\n\tEOF",
        "RUN cat <<EOF > /etc/redis.conf\nport 1\nEOF",
        "ENV P=1\nCOPY <<EOF /etc/redis.conf\nport $P\nEOF",
    ],
)
def test_heredoc_is_a_file(text: str) -> None:
    (mount,) = image(f"FROM x:1\n{text}\n").mounts
    assert mount.target == "/etc/redis.conf"
    assert mount.content is not None
    assert mount.content.text == "port 1\n"
    assert mount.content.file_name == "redis.conf"
    assert mount.content.at(1).line == f"FROM x:1\n{text}".split("\n").index(text.split("\n")[-2]) + 1


@pytest.mark.parametrize("start", ["COPY <<EOF /etc/a.conf", "RUN cat <<EOF > /etc/a.conf"])
def test_an_escaped_dollar_in_a_heredoc_is_one(start: str) -> None:
    (mount,) = image(f"FROM x:1\n{start}\n\\$ModLoad imudp\nEOF\n").mounts
    assert mount.content is not None
    assert mount.content.text == "$ModLoad imudp\n"


def test_what_a_shell_fills_in_a_heredoc_is_not_known() -> None:
    (mount,) = image("FROM x:1\nRUN cat <<EOF > /etc/a.conf\n\\$A $B\nEOF\n").mounts
    assert mount.content is None


COMPOSE = "services:\n  s:\n    build: {context: ., args: {V: '6'}, target: run}\n    environment: {A: own}\n    volumes: ['./m:/m']\n"
BUILT = """\
ARG V=7
FROM redis:${V} AS run
ENV A=image B=image
COPY a.conf /m/a.conf
COPY a.conf /n/a.conf
USER app
HEALTHCHECK CMD true
CMD ["redis-server", "/n/a.conf"]
FROM run AS test
USER root
"""


def test_image_is_merged_into_the_workload_built_from_it() -> None:
    found = [
        fact
        for fact in facts({"compose.yaml": COMPOSE, "Dockerfile": BUILT, "a.conf": ""})
        if isinstance(fact, Workload)
    ]
    (workload,) = found
    assert workload.component == "s"
    assert value(workload.image) == "redis:6"
    assert value(workload.user) == "app"
    assert values(workload.command) == ["redis-server", "/n/a.conf"]
    assert workload.has_health_check is True
    assert {name: variable.value for name, variable in workload.environment.items()} == {"A": "own", "B": "image"}
    assert [mount.target for mount in workload.mounts] == ["/m", "/n/a.conf"]


def test_own_entrypoint_drops_the_images_command() -> None:
    compose = "services:\n  s:\n    build: .\n    entrypoint: [other]\n"
    (workload,) = [fact for fact in facts({"compose.yaml": compose, "Dockerfile": BUILT}) if isinstance(fact, Workload)]
    assert (values(workload.entrypoint), workload.command) == (["other"], None)


def test_inline_dockerfile() -> None:
    compose = "services:\n  s:\n    build:\n      dockerfile_inline: |\n        FROM redis:7\n        USER app\n"
    (workload,) = [fact for fact in facts({"compose.yaml": compose}) if isinstance(fact, Workload)]
    assert value(workload.image) == "redis:7"
    assert workload.user is not None
    assert workload.user.at.line == 6


def test_dockerfile_that_nobody_runs_is_an_image() -> None:
    assert image("FROM x:1\n").role is Role.IMAGE


def test_every_stage_is_part_of_the_build() -> None:
    text = "FROM a AS b\nRUN one\nADD https://e.org/x /x\nFROM b\nADD --checksum=sha256:0 https://e.org/y /y\nRUN <<EOF\ntwo\nEOF\n"
    (build,) = [fact for fact in facts(text) if isinstance(fact, ImageBuild)]
    assert values(build.bases) == ["a"]
    assert [value(command) for command in build.commands] == ["one", "<<EOF\ntwo\n"]
    assert values(build.downloads) == ["https://e.org/x", "https://e.org/y"]
    assert values(build.verified_downloads) == ["https://e.org/y"]


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("dockerfile", "FROM x", True),
        ("dockerfile.prod", "# c\nFROM x", True),
        ("api.dockerfile", "ARG A\nfrom x", True),
        ("containerfile", "FROM x", True),
        ("dockerfile", "nothing", False),
        ("dockerfiles.yaml", "FROM x", False),
        ("notes.conf", "FROM x", False),
    ],
)
def test_recognition(name: str, head: str, expected: bool) -> None:
    assert (DOCKERFILE.recognise(name, name, head) is not None) is expected


@given(st.text())
def test_any_text_is_read_or_refused_and_places_lie_inside(text: str) -> None:
    text = "FROM a\n" + text.replace("\r", "\n")
    lines = text.split("\n")
    syntax = read(Source(path="Dockerfile", text=text), text)
    for instruction in syntax.instructions:
        at = instruction.at(Source(path="Dockerfile", text=text))
        assert 1 <= at.line <= at.end_line <= len(lines)
        if instruction.text:
            assert lines[at.line - 1][at.column - 1] == instruction.text[0]
            assert lines[at.end_line - 1][at.end_column - 1] == instruction.text[-1]
    facts(text)


INSTRUCTION_LIKE = st.lists(
    st.tuples(st.sampled_from(sorted(KEYWORDS)), st.text(alphabet="ab=$ {}[]'\"\\<>EOF-:/#\n.0", max_size=25)).map(
        lambda pair: f"{pair[0]} {pair[1]}"
    ),
    max_size=8,
)


@given(INSTRUCTION_LIKE)
def test_any_instructions_are_evaluated(instructions: list[str]) -> None:
    text = "\n".join(["FROM a:1 AS b", *instructions, "FROM b", *instructions])
    document = DOCKERFILE.parse(Source(path="Dockerfile", text=text))
    lines = text.split("\n")
    for item in document.assignments():
        assert 1 <= item.at.line <= len(lines)
    assert any(isinstance(fact, Workload) for fact in facts(text))


def test_hostile_text_takes_time_linear_in_its_length() -> None:
    for part in ("${", "$A ", "tee -a ", "/a.", "<<E ", "\\\n", "A=", '"', "> /etc/a.conf "):
        text = part * (60_000 // len(part))
        started = time.process_time()
        source = Source(path="Dockerfile", text=f"FROM a:1\nENV A={text}\nRUN {text}\nCOPY {text}\nCMD {text}\n")
        document = DOCKERFILE.parse(source)
        list(document.assignments())
        list(DOCKERFILE.facts([document], Files(MemoryTree({}), ())))
        assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM debian:12", True),
        ("FROM debian:12\nUSER app", False),
        ("FROM debian:12\nUSER app\nUSER 0:0", True),
        ("FROM example/own:1", None),
        ("FROM nginx:1.27", None),
        ("FROM quay.io/other/debian:12", None),
        ("FROM docker.io/library/debian:12", True),
        ("FROM debian:12\nRUN apt-get install -y gosu", None),
        ('FROM debian:12\nENTRYPOINT ["su-exec", "app", "/run"]', None),
        ("ARG U\nFROM debian:12\nARG U\nUSER $U", None),
    ],
)
def test_root_is_told_from_undecided(text: str, expected: bool | None) -> None:
    answer = image(text).runs_as_root
    assert (None if isinstance(answer, Unknown) else answer) is expected
