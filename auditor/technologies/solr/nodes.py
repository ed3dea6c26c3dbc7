"""Make nodes of containers, of programs that a host starts, and of files that stand alone."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.numbers import whole_number
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.patterns import lazy
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.versions import Range
from auditor.technologies.document import FileView

from .bitnami import apply_bitnami
from .build import Build, opened
from .command import Invocation, invocation_of, runs_own_script
from .documents import IncludeFile, SecurityFile
from .images import Image, image_of
from .security import Security
from .service import Solr

_PORT: Final = 8983
_SCRIPTS_FOLDER: Final = "/docker-entrypoint-initdb.d"
_SETS_UP = lazy(r"security\.json|\bsolr\s+auth\b")
_IN_ZOOKEEPER: Final = Unknown("SolrCloud keeps security.json in ZooKeeper, not in a file")
_INCLUDES: Final = (
    "/etc/default/solr.in.sh",
    "/var/solr/solr.in.sh",
    "/opt/solr/bin/solr.in.sh",
    "/opt/solr/solr.in.sh",
)
"""Where the service installer puts the include script, and where `bin/solr` looks for it."""


def node_of_workload(workload: Workload, view: FileView) -> Solr | None:
    """Return the node that a container or a unit runs, None if it runs another program."""
    image = image_of(workload)
    invocation = invocation_of(workload, image.program if image is not None else None)
    own_script = invocation is None and image is not None and bool(image.family) and runs_own_script(workload)
    if own_script:
        invocation = Invocation(script="", open_reason="a script of the image's own starts it")
    if invocation is None:
        return None
    build = Build(image.versions if image is not None else Range())
    for name, value in image.defaults if image is not None else ():
        build.variable(name, value, Origin.IMAGE, None, "official image" if image and image.family else "image")
    build.environment(workload)
    _reasons(build, workload, image)
    if own_script:
        build.incomplete = invocation.open_reason
    bitnami = apply_bitnami(build, workload) if image is not None and image.family == "bitnami" else None
    _include(build, workload, image, view)
    build.command_line(invocation)
    home = build.values.get("SOLR_HOME", "")
    if home == "":
        home = image.home if image is not None else "/var/solr/data"
    found = _security(build, workload, view, home)
    if bitnami is not None and found is None:
        found = bitnami
    build.node_file(opened(workload, view, f"{home}/solr.xml") if isinstance(home, str) else home)
    cloud = _is_cloud(build, invocation)
    security: Security | Unknown | None = _IN_ZOOKEEPER if cloud is True else cloud if cloud is not False else None
    if cloud is False or (cloud is not True and isinstance(found, Source)):
        # Where only the version is open, somebody who puts the file there means it to be read.
        security = build.security_file(found)
    if security is None and workload.role is Role.IMAGE:
        security = Unknown("who runs this image may mount a security.json")
    node = Solr(
        component=workload.component,
        technology="solr",
        at=workload.image.at if workload.image is not None else workload.at,
        origin=workload.origin,
        version=workload.image_version if image is not None and image.family else None,
        settings=build.settings,
        incomplete=build.incomplete,
        in_container=not workload.on_host,
        security=security,
        is_cloud=cloud,
        versions=build.versions,
        options_open=invocation.open_reason or build.options_open,
        is_derived=workload.is_built or workload.built_from is not None,
    )
    return _finished(node, build, workload)


def _reasons(build: Build, workload: Workload, image: Image | None) -> None:
    """Note what else may set anything that nothing sets here."""
    if workload.templated:
        build.incomplete = "template expressions may set it"
    elif any(mount.target.startswith(_SCRIPTS_FOLDER) for mount in workload.mounts):
        build.incomplete = f"a script in {_SCRIPTS_FOLDER} may set it"
    elif workload.role is Role.IMAGE:
        build.incomplete = "who runs this image may set it"
    elif image is not None and not image.family:
        build.incomplete = "the image's own configuration is not known"
    elif image is None and not workload.on_host:
        build.incomplete = "the program's own configuration is not in the scanned files"


def _include(build: Build, workload: Workload, image: Image | None, view: FileView) -> None:
    """Apply the include script, if somebody put one in place of the image's or the package's."""
    given = build.values.get("SOLR_INCLUDE")
    if isinstance(given, Unknown):
        build.incomplete = given.reason
        return
    paths = (given,) if given else (image.include,) if image is not None else _INCLUDES
    found: Source | Unknown | None = None
    for path in paths:
        found = opened(workload, view, path)
        if isinstance(found, Source):
            build.include(found)
            return
    if isinstance(found, Unknown):
        build.incomplete = found.reason


def _security(build: Build, workload: Workload, view: FileView, home: str | Unknown) -> Source | Unknown | None:
    if isinstance(home, Unknown):
        return home
    if any(isinstance(word.value, str) and _SETS_UP.search(word.value) for word in workload.arguments):
        return Unknown("the command that starts the container sets up security.json")
    found = opened(workload, view, posixpath.join(home, "security.json"))
    return Unknown(build.incomplete) if found is None and build.incomplete else found


def _is_cloud(build: Build, invocation: Invocation) -> bool | Unknown:
    """Return whether it runs as SolrCloud: with ZooKeeper, by an option, and since 10.0 unless told otherwise."""
    if invocation.cloud is not None:
        return invocation.cloud
    for name in ("ZK_HOST", "SOLR_MODE"):
        value = build.values.get(name)
        if isinstance(value, Unknown):
            return value
        if value and (name == "ZK_HOST" or value == "solrcloud"):
            return True
    if any(name in build.settings for name in ("-DzkHost", "-DzkRun")):
        return True
    if build.incomplete or build.options_open or invocation.open_reason:
        return Unknown(build.incomplete or build.options_open or invocation.open_reason)
    if build.versions.is_below(10, 0):
        return False
    if build.versions.is_at_least(10, 0) and invocation.script in {"solr", "solr-foreground", "solr-fg"}:
        return True
    return Unknown("whether it runs as SolrCloud depends on its version, which is not known")


def node_of_include(document: IncludeFile, view: FileView) -> Solr:
    """Return the node that an include script sets up, with the security.json and solr.xml beside it."""
    build = Build()
    build.include(document.source)
    invocation = Invocation()
    build.command_line(invocation)
    home = build.values.get("SOLR_HOME")
    beside = view.open("security.json")
    if beside is None and isinstance(home, str) and home:
        beside = view.open(posixpath.join(home, "security.json"))
    build.node_file(view.open("solr.xml"))
    cloud = _is_cloud(build, invocation)
    missing = Unknown("security.json is not in the scanned files")
    security = build.security_file(missing if beside is None else beside)
    if cloud is True and not isinstance(security, Security):
        security = _IN_ZOOKEEPER
    node = Solr(
        component=document.source.path,
        technology="solr",
        at=document.source.at(),
        settings=build.settings,
        incomplete=build.incomplete,
        security=security,
        is_cloud=cloud,
        options_open=build.options_open,
    )
    return _finished(node, build, None)


def node_of_part(source: Source, *, security: SecurityFile | None) -> Solr:
    """Return a node of which only a security.json or a solr.xml is scanned."""
    build = Build()
    build.incomplete = "only a part of the configuration is in the scanned files"
    found: Security | Unknown | None = Unknown("security.json is not in the scanned files")
    if security is None:
        build.node_file(source)
    else:
        build.consumed.add(source.key)
        found = Security(security.root, source.at(), Range()) if security.root is not None else Unknown("it is empty")
    node = Solr(
        component=source.path,
        technology="solr",
        at=source.at(),
        settings=build.settings,
        incomplete=build.incomplete,
        security=found,
        is_cloud=Unknown(build.incomplete),
    )
    return _finished(node, build, None)


def _finished(node: Solr, build: Build, workload: Workload | None) -> Solr:
    """Return the node with what would be refused and from where it is reached."""
    address, port = node.address, _port(build)
    hosts: Unknown | list[str] = address if isinstance(address, Unknown) else [address]
    outside = exposure_of(hosts, (port,), workload, node.address_at)
    jmx = Exposure(reach=Reach.HOST_NETWORK, reason="its port is open on addresses of its host")
    if workload is not None:
        jmx = workload.exposure(_jmx_port(build, port))
    refused = (*_refused(node), *(node.security.refused() if isinstance(node.security, Security) else ()))
    return replace(node, exposure=outside, jmx_exposure=jmx, consumed=frozenset(build.consumed), refused=tuple(refused))


def _port(build: Build) -> int:
    for name in ("-Dsolr.port.listen", "-Djetty.port", "SOLR_PORT_LISTEN", "SOLR_PORT"):
        setting = build.settings.get(name)
        number = whole_number(setting.value) if setting is not None and isinstance(setting.value, str) else None
        if number is not None:
            return number
    return _PORT


def _jmx_port(build: Build, port: int) -> int:
    value = build.values.get("RMI_PORT")
    number = whole_number(value) if isinstance(value, str) else None
    return number if number is not None else port + 10000


def _refused(node: Solr) -> Iterator[Problem]:
    """Yield the variables at which `bin/solr` of 9.9 stops."""
    kind = node.settings.get("SOLR_AUTH_TYPE")
    if kind is not None and isinstance(kind.value, str) and kind.value.lower() not in {"", "basic", "kerberos"}:
        yield Problem(at=kind.at or node.at, message="expected basic or kerberos in SOLR_AUTH_TYPE")
    for name, new in (("SOLR_IP_BLACKLIST", "SOLR_IP_DENYLIST"), ("SOLR_IP_WHITELIST", "SOLR_IP_ALLOWLIST")):
        setting = node.settings.get(name)
        if setting is not None and setting.value != "" and node.versions.is_at_least(9, 0):
            yield Problem(at=setting.at or node.at, message=f"expected {new} instead of {name}, which 9.0 dropped")
