"""Merging, environment and layout of compose projects against the Compose Specification's sections."""

import time
from typing import Any

import pytest

from auditor.discovery import examine
from auditor.inventory.files import Files
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, MountKind, Role, Workload
from auditor.sources.tree import MemoryTree
from auditor.technologies.compose import COMPOSE


def workloads(files: dict[str, str]) -> dict[str, Workload]:
    tree = MemoryTree(files)
    examined = tuple(examine(tree))
    documents = [document for item in examined for name, document in item.documents if name == "compose"]
    found = [fact for fact in COMPOSE.facts(documents, Files(tree, examined)) if isinstance(fact, Workload)]
    result = {workload.component: workload for workload in found}
    assert len(result) == len(found), "every workload has an id of its own"
    return result


def one(files: dict[str, str] | str, name: str = "s") -> Workload:
    return workloads({"compose.yaml": files} if isinstance(files, str) else files)[name]


def environment(workload: Workload) -> dict[str, str | None]:
    return {
        name: None if isinstance(variable.value, Unknown) else variable.value
        for name, variable in workload.environment.items()
    }


def words(workload: Workload) -> list[str | None] | None:
    if workload.command is None:
        return None
    return [None if isinstance(word.value, Unknown) else word.value for word in workload.command]


def service(body: str) -> str:
    return "services:\n  s:\n" + "".join(f"    {line}\n" for line in body.split("\n"))


IMAGE = "image: x:1\n"


def value(located: Located[str] | None) -> str | None:
    return located.value if located is not None and isinstance(located.value, str) else None


def picture(workload: Workload) -> dict[str, Any]:
    return {
        "image": value(workload.image),
        "user": value(workload.user),
        "cap_add": [value(capability) for capability in workload.capabilities_added],
        "command": words(workload),
        "entrypoint": [value(word) for word in workload.entrypoint or ()],
        "health": value(workload.liveness),
        "environment": environment(workload),
        "volumes": [(mount.kind.value, mount.repository_path) for mount in workload.mounts],
        "ports": [(port.host_ip, port.container) for port in workload.ports],
    }


MERGES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("Mapping: missing entries are added", IMAGE, "user: a", {"image": "x:1", "user": "a"}),
    ("Mapping: conflicting ones are overridden", IMAGE, "image: y:2", {"image": "y:2"}),
    ("Sequence: appended", IMAGE + "cap_add: [A]", "cap_add: [B]", {"cap_add": ["A", "B"]}),
    ("Exceptions, Shell commands: command", IMAGE + "command: [a, b]", "command: [c]", {"command": ["c"]}),
    ("Exceptions, Shell commands: entrypoint", IMAGE + "entrypoint: [a]", "entrypoint: c d", {"entrypoint": ["c", "d"]}),
    ("Exceptions, Shell commands: healthcheck test", IMAGE + "healthcheck: {test: [CMD, a]}", "healthcheck: {test: [NONE]}", {"health": "none"}),
    ("Environment in two forms merges by name", IMAGE + "environment: [A=1, B=2]", "environment: {B: 3, C: 4}", {"environment": {"A": "1", "B": "3", "C": "4"}}),
    ("Unique resources: volumes by target", IMAGE + "volumes: [foo:/work]", "volumes: [./bar:/work]", {"volumes": [("bind", "bar")]}),
    ("Unique resources: ports that differ are kept", IMAGE + "ports: ['8080:80']", "ports: ['8443:443']", {"ports": [("", 80), ("", 443)]}),
    ("Unique resources: same port once", IMAGE + "ports: ['8080:80']", "ports: ['8080:80']", {"ports": [("", 80)]}),
    ("Unique resources: another address is another port", IMAGE + "ports: ['127.0.0.1:80:80']", "ports: ['80:80']", {"ports": [("127.0.0.1", 80), ("", 80)]}),
    ("Reset value: a list", IMAGE + "ports: ['8080:80']", "ports: !reset []", {"ports": []}),
    ("Reset value: one variable", IMAGE + "environment: {A: 1, B: 2}", "environment: {A: !reset null}", {"environment": {"B": "2"}}),
    ("Replace value", IMAGE + "ports: ['8080:80']", "ports: !override ['8443:443']", {"ports": [("", 443)]}),
    ("Replace value: a mapping", IMAGE + "environment: {A: 1}", "environment: !override {B: 2}", {"environment": {"B": "2"}}),
]  # fmt: skip


@pytest.mark.parametrize(("section", "base", "over", "expected"), MERGES, ids=[case[0] for case in MERGES])
def test_merge(section: str, base: str, over: str, expected: dict[str, Any]) -> None:
    found = picture(one({"compose.yaml": service(base), "compose.override.yaml": service(over)}))
    assert {key: found[key] for key in expected} == expected, section


ENVIRONMENTS: list[tuple[str, dict[str, str], dict[str, str | None]]] = [
    ("environment: map and unquoted values", {"compose.yaml": service(IMAGE + "environment: {A: 1, B: true, C: }")}, {"A": "1", "B": "true", "C": None}),
    ("environment: list, first = divides", {"compose.yaml": service(IMAGE + "environment: ['A=x=y', B]")}, {"A": "x=y", "B": None}),
    ("environment: a name alone takes .env's value", {"compose.yaml": service(IMAGE + "environment: [B]"), ".env": "B=2"}, {"B": "2"}),
    ("environment over env_file", {"compose.yaml": service(IMAGE + "env_file: a.env\nenvironment: {A: own}"), "a.env": "A=file\nB=b"}, {"A": "own", "B": "b"}),
    ("env_file: later files override", {"compose.yaml": service(IMAGE + "env_file: [a.env, b.env]"), "a.env": "A=1\nB=1", "b.env": "B=2"}, {"A": "1", "B": "2"}),
    ("env_file: long form", {"compose.yaml": service(IMAGE + "env_file: [{path: a.env, required: false}]"), "a.env": "A=1"}, {"A": "1"}),
    ("env_file: format raw does not interpolate", {"compose.yaml": service(IMAGE + "env_file: [{path: a.env, format: raw}]"), "a.env": "A=$B"}, {"A": "$B"}),
    ("env_file: format raw keeps quotes", {"compose.yaml": service(IMAGE + "env_file: [{path: a.env, format: raw}]"), "a.env": "A='b'"}, {"A": "'b'"}),
    ("env_file: interpolated from .env", {"compose.yaml": service(IMAGE + "env_file: a.env"), "a.env": "A=${B}1", ".env": "B=b"}, {"A": "b1"}),
    (".env itself is not the container's environment", {"compose.yaml": service(IMAGE), ".env": "A=1"}, {}),
    ("Interpolation from .env", {"compose.yaml": service(IMAGE + "environment: {A: '${B}-${C:-d}'}"), ".env": "B=b"}, {"A": "b-d"}),
    ("Interpolation: not set anywhere", {"compose.yaml": service(IMAGE + "environment: {A: '${B}', C: c}")}, {"A": None, "C": "c"}),
    ("Interpolation: empty default is an empty text, not null", {"compose.yaml": service(IMAGE + "environment:\n  A: '${B:-}'\n  C: ${B:-}")}, {"A": "", "C": ""}),
    ("Interpolation: $$", {"compose.yaml": service(IMAGE + "environment: {A: '$$B'}"), ".env": "B=b"}, {"A": "$B"}),
    ("Fragments and merge keys", {"compose.yaml": "x-e: &e {A: 1, B: 1}\nservices:\n  s:\n    image: x:1\n    environment: {<<: *e, B: 2}\n"}, {"A": "1", "B": "2"}),
    ("extends in the same file", {"compose.yaml": "services:\n  b: {image: 'x:1', environment: [A=1, B=1]}\n  s: {extends: b, environment: {B: 2}}\n"}, {"A": "1", "B": "2"}),
    ("extends in another file, paths relative to it", {"compose.yaml": "services:\n  s: {extends: {file: sub/common.yml, service: b}}\n", "sub/common.yml": "services:\n  b: {image: 'x:1', env_file: a.env}\n", "sub/a.env": "A=sub", "a.env": "A=root"}, {"A": "sub"}),
]  # fmt: skip


@pytest.mark.parametrize(("section", "files", "expected"), ENVIRONMENTS, ids=[case[0] for case in ENVIRONMENTS])
def test_environment(section: str, files: dict[str, str], expected: dict[str, str | None]) -> None:
    assert environment(one(files)) == expected, section


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("redis-server --requirepass 'a b' --port 1", ["redis-server", "--requirepass", "a b", "--port", "1"]),
        ('[redis-server, --requirepass, ""]', ["redis-server", "--requirepass", ""]),
        ('redis-server --requirepass ""', ["redis-server", "--requirepass", ""]),
        ("redis-server --requirepass ${PW}", ["redis-server", "--requirepass", None]),
        ("redis-server ${SET}", ["redis-server", "--a", "b"]),
        ("redis-server --requirepass a&b && other", ["redis-server", "--requirepass", "a"]),
        ('sh -c "a && b $$X"', ["sh", "-c", "a && b $X"]),
        (">\n        redis-server\n        --port 1", ["redis-server", "--port", "1"]),
    ],
)
def test_words_are_split_after_interpolation(written: str, expected: list[str | None]) -> None:
    assert words(one({"compose.yaml": service(IMAGE + f"command: {written}"), ".env": "SET=--a b"})) == expected


def test_word_has_its_own_place() -> None:
    text = "services:\n  s:\n    image: x:1\n    command: >-\n      redis-server --port 1\n      --requirepass ${PW:-guess}\n"
    command = one(text).command
    assert command is not None
    assert [(word.at.line, word.at.column, word.at.end_column) for word in command][-1] == (6, 21, 32)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("'6379'", [(6379, True, "", None)]),
        ("'6379:6379'", [(6379, True, "", 6379)]),
        ("'127.0.0.1:6379:6379/tcp'", [(6379, True, "127.0.0.1", 6379)]),
        ("'[::1]:6379:6379'", [(6379, True, "::1", 6379)]),
        ("'0.0.0.0:1:2'", [(2, True, "", 1)]),
        ("'7000-7001:8000-8001'", [(8000, True, "", 7000), (8001, True, "", 7001)]),
        ("{target: 80, published: '8080', host_ip: 127.0.0.1}", [(80, True, "127.0.0.1", 8080)]),
        ("'${PORT:-80}:80'", [(80, True, "", 80)]),
        ("5432", [(5432, True, "", None)]),
    ],
)
def test_ports(written: str, expected: list[tuple[int, bool, str, int | None]]) -> None:
    ports = one(service(IMAGE + f"ports: [{written}]")).ports
    assert [(port.container, port.published, port.host_ip, port.host) for port in ports] == expected


def test_port_that_is_not_known_and_a_long_range() -> None:
    ports = one(service(IMAGE + "ports: ['${P}:${P}', '${IP}:80:80', '1-65535:1-65535']")).ports
    assert all(isinstance(port.container, Unknown) for port in ports)
    assert len(ports) == 3


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("./a.conf:/a.conf:ro", (MountKind.BIND, "/a.conf", None, "deploy/a.conf", True)),
        ("../a:/a", (MountKind.BIND, "/a", None, "a", False)),
        ("../../a:/a", (MountKind.BIND, "/a", "../../a", None, False)),
        ("/etc:/host:z,ro", (MountKind.BIND, "/host", "/etc", None, True)),
        ("~/.ssh:/ssh", (MountKind.BIND, "/ssh", "~/.ssh", None, False)),
        ("data:/data", (MountKind.VOLUME, "/data", None, None, False)),
        ("/data", (MountKind.EPHEMERAL, "/data", None, None, False)),
        ("${X}:/data", (MountKind.UNKNOWN, "/data", None, None, False)),
        ("${PWD}/a:/a", (MountKind.BIND, "/a", None, "deploy/a", False)),
        ("{type: bind, source: ./a, target: /a, read_only: true}", (MountKind.BIND, "/a", None, "deploy/a", True)),
        ("{type: tmpfs, target: /a}", (MountKind.EPHEMERAL, "/a", None, None, False)),
        ("held:/a", (MountKind.BIND, "/a", "/srv/x", None, False)),
    ],
)
def test_volumes(written: str, expected: tuple[object, ...]) -> None:
    text = service(IMAGE + f"volumes:\n  - {written}") + (
        "volumes:\n  held:\n    driver_opts: {type: none, o: bind, device: /srv/x}\n"
    )
    (mount,) = workloads({"deploy/compose.yaml": text})["deploy/s"].mounts
    assert (mount.kind, mount.target, mount.host_path, mount.repository_path, mount.read_only) == expected


def test_configs_and_secrets() -> None:
    text = service(
        IMAGE
        + "configs: [plain, {source: inline, target: /etc/redis.conf}, gone]\nsecrets: [pw, {source: pw, target: /a}]"
    ) + (
        "configs:\n  plain: {file: ./redis.conf}\n  inline:\n    content: |\n      port 6379\n      bind ${B}\n  gone: {external: true}\n"
        "secrets:\n  pw: {file: ./pw.txt}\n"
    )
    mounts = one({"compose.yaml": text, "redis.conf": "port 1\n", "pw.txt": "x", ".env": "B=::1"}).mounts
    plain, inline, gone, *secrets = mounts
    assert plain.target == "/plain"
    assert plain.content is not None
    assert plain.content.path == "redis.conf"
    assert inline.target == "/etc/redis.conf"
    assert inline.content is not None
    assert inline.content.text == "port 6379\nbind ::1\n"
    assert inline.content.at(2).line == 11
    assert inline.content.file_name == "redis.conf"
    assert gone.kind is MountKind.UNKNOWN
    assert [secret.target for secret in secrets] == ["/run/secrets/pw", "/a"]


def test_version_1_layout() -> None:
    found = workloads({"docker-compose.yml": "db:\n  image: mongo:3\n  net: host\n  ports: ['27017:27017']\n"})
    assert found["db"].image_name == "mongo"
    assert found["db"].host_network is not None
    assert found["db"].host_network.value is True


def test_variant_without_image_is_judged_merged_with_its_base() -> None:
    found = workloads(
        {
            "docker-compose.yml": "services:\n  db: {image: 'mongo:7'}\n  web: {image: 'nginx:1'}\n",
            "docker-compose.prod.yml": "services:\n  db: {restart: always}\n",
        }
    )
    assert set(found) == {"db", "web", "docker-compose.prod.yml:db"}
    variant = found["docker-compose.prod.yml:db"]
    assert variant.image_name == "mongo"
    assert variant.restart_policy == "always"
    assert variant.at.path == "docker-compose.prod.yml"
    assert found["db"].restart_policy == "no"


def test_variant_with_whole_services_is_a_project_of_its_own() -> None:
    found = workloads(
        {
            "compose.yaml": "services:\n  db: {image: 'mongo:7', user: a}\n",
            "compose.dev.yaml": "services:\n  db: {image: 'mongo:6'}\n",
        }
    )
    assert found["compose.dev.yaml:db"].user is None


def test_fragment_without_a_base_is_not_judged_for_what_it_leaves_out() -> None:
    assert workloads({"docker-compose.prod.yml": "services:\n  db: {restart: always}\n"}) == {}


def test_include_has_its_own_folder_and_environment() -> None:
    found = workloads(
        {
            "compose.yaml": "include:\n  - db/compose.yaml\nservices:\n  s: {image: 'x:1'}\n",
            ".env": "A=outer\n",
            "db/compose.yaml": "services:\n  db: {image: 'x:1', env_file: e.env, environment: {A: $A, B: $B}}\n",
            "db/.env": "A=inner\nB=inner\n",
            "db/e.env": "C=c\n",
        }
    )
    assert set(found) == {"s", "db/db"}
    assert environment(found["db/db"]) == {"A": "outer", "B": "inner", "C": "c"}


def test_include_and_extends_in_a_circle_end() -> None:
    found = workloads(
        {
            "compose.yaml": "include: [other.yaml]\nservices:\n  a: {image: 'x:1', extends: b}\n  b: {extends: a}\n",
            "other.yaml": "include: [compose.yaml]\nservices:\n  o: {image: 'x:1'}\n",
        }
    )
    assert found
    assert all(workload.name in {"a", "b", "o"} for workload in found.values())


def test_compose_file_variable_names_the_files() -> None:
    found = workloads(
        {
            ".env": "COMPOSE_FILE=base.yml:prod.yml\n",
            "base.yml": "services:\n  s:\n    image: x:1\n",
            "prod.yml": "services:\n  s:\n    image: x:2\n",
        }
    )
    assert found["s"].image is not None
    assert found["s"].image.value == "x:2"


def test_image_with_unknown_tag_is_still_known_by_name() -> None:
    workload = one(service("image: docker.io/library/redis:${TAG}"))
    assert workload.image is not None
    assert isinstance(workload.image.value, Unknown)
    assert workload.image_name == "redis"
    assert workload.image_version is None


@pytest.mark.parametrize(
    ("body", "policy"),
    [
        ("", "no"),
        ("restart: always", "always"),
        ("restart: 'on-failure:3'", "on-failure"),
        ("restart: no", "no"),
        ("restart: always\ndeploy: {restart_policy: {condition: none}}", "no"),
        ("deploy: {restart_policy: {condition: any}}", "always"),
        ("deploy: {resources: {limits: {memory: 1g}}}", "no"),
    ],
)
def test_restart(body: str, policy: str) -> None:
    assert one(service(IMAGE + body)).restart_policy == policy


def test_swarm_stack_without_policy_is_not_decided() -> None:
    assert isinstance(one(service(IMAGE + "deploy: {replicas: 2}")).restart_policy, Unknown)


@pytest.mark.parametrize(
    ("neighbour", "decided"),
    [("{placement: {max_replicas_per_node: 1}}", False), ("{replicas: 2}", True), ("{resources: {}}", True)],
)
def test_a_neighbour_that_only_swarm_can_run_makes_the_project_a_stack(neighbour: str, decided: bool) -> None:
    found = workloads({"compose.yaml": f"services:\n  a:\n    image: x\n    deploy: {neighbour}\n  b:\n    image: y\n"})
    assert (found["b"].restart_policy == "no") is decided


def test_security_options_and_limits() -> None:
    workload = one(
        service(
            IMAGE
            + "security_opt: ['no-new-privileges=true', 'seccomp:unconfined']\nread_only: true\nmem_limit: 1g\ncpus: 2\nscale: 3"
        )
    )
    assert workload.may_gain_privileges is False
    assert workload.seccomp is not None
    assert workload.seccomp.value == "unconfined"
    assert workload.memory_limit is not None
    assert workload.memory_limit.value == "1g"
    assert workload.cpu_limit is not None
    assert workload.replicas is not None
    assert workload.replicas.value == 3


def test_job_is_what_others_wait_for() -> None:
    text = "services:\n  m: {image: 'x:1'}\n  s:\n    image: x:1\n    depends_on: {m: {condition: service_completed_successfully}}\n"
    found = workloads({"compose.yaml": text})
    assert (found["m"].role, found["s"].role) == (Role.JOB, Role.SERVICE)


def test_missing_env_file_leaves_the_environment_open() -> None:
    assert one(service(IMAGE + "env_file: secret.env")).environment_open is not None


def test_env_files_are_consumed() -> None:
    files = {
        "compose.yaml": service(IMAGE + "env_file: a.env\nenvironment: {B: $B}"),
        "a.env": "A=1",
        ".env": "B=1\nCOMPOSE_PROJECT_NAME=x\n",
    }
    assert one(files).consumed == {"a.env", ".env"}
    assert one({**files, ".env": "B=1\nREAD_BY_SOMETHING_ELSE=1\n"}).consumed == {"a.env"}


def test_jinja_template_leaves_absent_settings_undecided() -> None:
    text = "services:\n  s:\n    image: x:1\n{% if prod %}\n    read_only: true\n{% endif %}\n"
    workload = workloads({"docker-compose.yml.j2": text})["docker-compose.yml.j2:s"]
    assert workload.templated
    assert isinstance(workload.may_gain_privileges, Unknown)


def test_swarm_placeholder_within_a_value_is_no_template() -> None:
    assert not one(service(IMAGE + "hostname: 'n-{{.Task.Slot}}'")).templated


def test_hostile_text_takes_time_linear_in_its_length() -> None:
    for part in ("${", "$A ", "${A:-", "a ", '"'):
        text = part * (60_000 // len(part))
        body = f"command: >-\n  {text}\nenvironment:\n  - >-\n    A={text}"
        started = time.process_time()
        one(service(IMAGE + body))
        assert time.process_time() - started < 5


def test_empty_image_is_no_image() -> None:
    assert one(service("image: ${NOTHING:-}\ncommand: x")).image is None
