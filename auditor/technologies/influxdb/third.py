"""Servers of InfluxDB 3: flags of `influxdb3 serve`, which beat `INFLUXDB3_…` variables.

Sources: InfluxDB 3 Core documentation, "Configuration options" (2025: `--without-auth`, `--http-bind`, `--tls-cert`,
`--tls-key`); `influxdb3/src/commands/serve.rs` of 3.0 (names of variables); the Dockerfile of influxdb:3-core, which
runs `influxdb3 serve`. The first `influxdb3 create token --admin` needs no log-in ("Create an admin token").
"""

from dataclasses import replace
from typing import Final

from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.patterns import lazy
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import Program, start_of

from .service import InfluxDb

_SOURCE: Final = "InfluxDB 3 Core documentation"
_DEFAULTS: Final = {"http-bind": "0.0.0.0:8181", "without-auth": "false"}
_VARIABLES: Final = {
    "INFLUXDB3_HTTP_BIND_ADDR": "http-bind",
    "INFLUXDB3_START_WITHOUT_AUTH": "without-auth",
    "INFLUXDB3_WITHOUT_AUTH": "without-auth",
    "INFLUXDB3_TLS_CERT": "tls-cert",
    "INFLUXDB3_TLS_KEY": "tls-key",
    "INFLUXDB3_ADMIN_TOKEN_FILE": "admin-token-file",
}
_SWITCHES: Final = frozenset({"without-auth"})
_FLAGS: Final = frozenset(_VARIABLES.values())
_TAG: Final = lazy(r"(?:3(?:\.\d+){0,2}-)?(?:core|enterprise)")
_REPOSITORIES: Final = ("influxdb", "influxdb3-core", "influxdb3-enterprise")
_IMAGE: Final = Program(("entrypoint.sh",), takes=lambda word: word == "serve")


def third_server(workload: Workload) -> InfluxDb | None:
    """Return the server of version 3 that a container runs, None if it runs another program."""
    name = workload.image_name or ""
    ours = name in _REPOSITORIES and (name != "influxdb" or _TAG.fullmatch(workload.image_tag or "") is not None)
    start = start_of(workload, {"influxdb3"}, _IMAGE if ours else None)
    if start is None:
        return None
    texts = [word.value for word in start.words]
    if texts and "serve" not in texts:
        return None
    settings = Settings(Setting(n, v, Origin.DEFAULT, source=_SOURCE) for n, v in _DEFAULTS.items())
    incomplete = "a word of its command is not known" if any(isinstance(text, Unknown) for text in texts) else ""
    if workload.environment_open:
        incomplete = f"its environment is also read from {workload.environment_open}"
    for variable in workload.environment.values():
        if variable.name in _VARIABLES and variable.value != "":
            settings.set(Setting(_VARIABLES[variable.name], variable.value, Origin.ENVIRONMENT, variable.at))
    for word, after in zip(start.words, (*start.words[1:], None), strict=False):
        text = word.value if isinstance(word.value, str) else ""
        flag, equals, value = text.removeprefix("--").partition("=")
        if not text.startswith("--") or flag not in _FLAGS:
            continue
        if flag in _SWITCHES and not equals:
            settings.set(Setting(flag, "true", Origin.FLAG, word.at))
        elif equals:
            settings.set(Setting(flag, value, Origin.FLAG, word.at))
        elif after is not None:
            settings.set(Setting(flag, after.value, Origin.FLAG, after.at))
    server = InfluxDb(
        component=workload.component,
        technology="influxdb",
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        version=workload.image_version,
        major=3,
        settings=settings,
        incomplete=incomplete,
        in_container=not workload.on_host,
        has_administrator="admin-token-file" in settings or Unknown("which tokens there are is in the object store"),
        workload=workload,
    )
    address = server.address
    hosts, port = (address, 8181) if isinstance(address, Unknown) else ([address[0]], address[1])
    return replace(server, exposure=exposure_of(hosts, (port,), workload, None))
