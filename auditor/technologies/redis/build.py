"""Make services of loaded configurations."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.secret import Secret
from auditor.model.setting import Origin, Setting
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.document import FileView

from .acl import BUILT_IN_DEFAULT, AclUser, RuleError, certain, evaluate
from .command import Invocation
from .contradictions import contradictions
from .document import AclFile, Directive, parse_acl
from .effective import defaults, load_invocation
from .images import Image, parse_version
from .loader import Loaded
from .service import Monitor, Redis, RedisSentinel, RedisServer, is_loopback


def service_of_workload(workload: Workload, invocation: Invocation, view: FileView) -> RedisServer:
    """Return the server that a container runs."""
    loaded = load_invocation(workload, invocation, view)
    ports = [port for name in ("port", "tls-port") if (port := _port(loaded, name))]
    outside = workload.exposure(*ports) if ports else Exposure(reach=Reach.LOOPBACK, reason="it listens on no TCP port")
    image = invocation.image
    service = _service(
        loaded,
        component=workload.component,
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        image=image,
        outside=outside,
        environment=frozenset(workload.environment),
    )
    exposure = service.exposure.or_by_loopback(workload.by_loopback(*ports))
    return service if exposure is service.exposure else replace(service, exposure=exposure)


def service_of_file(source: Source, view: FileView, *, is_sentinel: bool) -> RedisServer:
    """Return the server that somebody starts with just this file."""
    product = "valkey" if "valkey" in source.file_name.lower() else "redis"
    image = Image(product=product)
    settings = defaults(image, None, is_sentinel=is_sentinel, has_configuration=True)
    loaded = Loaded(settings, view, is_sentinel=is_sentinel)
    loaded.file(source)
    loaded.settle_defaults()
    outside = Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
    return _service(loaded, component=source.path, at=source.at(), origin="file", image=image, outside=outside)


def service_of_acl_file(document: AclFile, view: FileView) -> Redis:
    """Return a server of which only the users are known."""
    source = document.source
    loaded = Loaded(defaults(Image(), None, is_sentinel=False, has_configuration=True), view)
    loaded.cloud(Unknown("no configuration of the server is in the scanned files"), source.at(), Origin.FILE)
    loaded.settings.set(Setting(name="aclfile", value=source.file_name, origin=Origin.FILE, at=source.at()))
    loaded.consumed.add(source.key)
    users = _evaluate(loaded, [*document.directives], document.problems)
    return Redis(
        component=source.path,
        technology="redis",
        at=source.at(),
        settings=loaded.settings,
        consumed=frozenset(loaded.consumed),
        refused=tuple(loaded.problems),
        users=users,
        users_source="aclfile",
        renamed=Unknown("no configuration of the server is in the scanned files"),
    )


def _service(
    loaded: Loaded,
    *,
    component: str,
    at: Location,
    origin: str,
    image: Image,
    outside: Exposure,
    environment: frozenset[str] = frozenset(),
) -> RedisServer:
    users, users_source = _users(loaded)
    loaded.problems.extend(contradictions(loaded))
    version = parse_version(image.version, image.product)
    kind = RedisSentinel if loaded.is_sentinel else Redis
    extra: dict[str, object] = (
        {"monitors": _monitors(loaded)}
        if loaded.is_sentinel
        else {"renamed": dict(loaded.renamed) if loaded.renamed_unknown is None else loaded.renamed_unknown}
    )
    message = "expected a directive that Redis knows"
    return kind(
        component=component,
        technology="redis",
        at=at,
        origin=origin,
        version=image.version if version else None,
        settings=loaded.settings,
        exposure=_exposure(loaded, outside),
        consumed=frozenset(loaded.consumed),
        refused=tuple(loaded.problems),
        product=image.product,
        users=users,
        users_source=users_source,
        parsed_version=version,
        at_least=loaded.at_least,
        unrecognised=tuple(Problem(at=each.at, message=message) for each in loaded.unrecognised),
        environment=environment,
        **extra,  # type: ignore[arg-type]  # one of two fields, each with its own type
    )


def _port(loaded: Loaded, name: str) -> int:
    """Return a port, the usual one if it is not known."""
    value = loaded.settings[name].value
    if isinstance(value, Unknown):
        return 26379 if loaded.is_sentinel else 6379
    return int(value) if isinstance(value, str) and value else 0


def _exposure(loaded: Loaded, outside: Exposure) -> Exposure:
    """Narrow what is reachable from outside by what the server listens on."""
    bind = loaded.settings["bind"]
    if outside.reach is Reach.LOOPBACK:
        return outside
    if isinstance(bind.value, Unknown):
        if outside.reach is Reach.HOST_NETWORK and outside.at is None:
            return Exposure(
                reach=Reach.UNKNOWN, reason=f"where it listens is not known ({bind.value.reason})", at=bind.at
            )
        return outside
    ports = [loaded.settings[name].value for name in ("port", "tls-port")]
    if ports == ["0", "0"] or not bind.value:
        return Exposure(reach=Reach.LOOPBACK, reason="it listens on no TCP port", at=bind.at)
    addresses = str(bind.value).split()
    if all(is_loopback(address.removeprefix("-")) for address in addresses):
        return Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses only", at=bind.at)
    if outside.at is None and outside.reach is Reach.HOST_NETWORK:
        return Exposure(reach=Reach.HOST_NETWORK, reason=f"it listens on {', '.join(addresses)}", at=bind.at)
    return outside


def _users(loaded: Loaded) -> tuple[Mapping[str, AclUser] | Unknown, str]:
    """Return the users in force and what defines them (facts V3-V5 of the reference; `src/acl.c` of 7.0)."""
    aclfile = loaded.settings["aclfile"]
    if isinstance(aclfile.value, Unknown):
        return aclfile.value, "aclfile"
    if aclfile.value:
        if loaded.users:
            message = "expected either user lines or an aclfile, not both"
            loaded.problems.append(Problem(at=loaded.users[0].at, message=message))
        return _acl_file_users(loaded, str(aclfile.value)), "aclfile"
    if loaded.users_unknown is not None and not any(_name(line) == "default" for line in loaded.users):
        return loaded.users_unknown, "user lines"
    users = _evaluate(loaded, loaded.users, ())
    if isinstance(users, Unknown) or any(_name(line) == "default" for line in loaded.users):
        return users, "user lines"
    password = loaded.settings["requirepass"].value
    default = BUILT_IN_DEFAULT
    if isinstance(password, Unknown):
        if not loaded.password_needed:
            return password, "requirepass"
        default = _with_password(loaded)
    elif isinstance(password, Secret) and not password.is_empty:
        default = _with_password(loaded)
    return {**users, "default": default}, "requirepass"


def _with_password(loaded: Loaded) -> AclUser:
    at = loaded.settings["requirepass"].at
    return replace(BUILT_IN_DEFAULT, at=at, nopass=False, passwords=1)


def _acl_file_users(loaded: Loaded, path: str) -> Mapping[str, AclUser] | Unknown:
    found = loaded.view.open(path)
    if found is None:
        return Unknown(f"the ACL file {path} is not in the scanned files")
    if isinstance(found, Unknown):
        return found
    document = parse_acl(found)
    loaded.consumed.add(found.key)
    return _evaluate(loaded, document.directives, document.problems)


def _name(line: Directive) -> str:
    name = line.arguments[0].value
    return name if isinstance(name, str) else ""


def _evaluate(
    loaded: Loaded, lines: Sequence[Directive], problems: Sequence[Problem]
) -> Mapping[str, AclUser] | Unknown:
    """Return the users of `lines` with the default user; refused rules become problems."""
    loaded.problems.extend(problems)
    channels = loaded.settings["acl-pubsub-default"].value == "allchannels"
    users: dict[str, AclUser] = {"default": BUILT_IN_DEFAULT}
    seen: set[str] = set()
    for line in lines:
        rules = certain(line.arguments[1:])
        name = line.arguments[0].value
        if isinstance(name, Unknown) or isinstance(rules, Unknown) or line.conditional:
            return rules if isinstance(rules, Unknown) else Unknown("which user a line is for is not known")
        is_6 = loaded.version is not None and loaded.version < (7, 0)
        if name in seen and not is_6:
            loaded.problems.append(Problem(at=line.at, message=f"expected only one line for the user {name}"))
        seen.add(name)
        try:
            users[name] = evaluate(name, rules, line.at, channel_default=channels)
        except RuleError as error:
            loaded.problems.append(Problem(at=line.at, message=str(error)))
    return users


def _monitors(loaded: Loaded) -> tuple[Monitor, ...]:
    found: list[Monitor] = []
    for line in loaded.sentinel:
        words = [word.value for word in line.arguments]
        if len(words) == 5 and str(words[0]).lower() == "monitor":
            name, host, quorum = words[1], words[2], words[4]
            if isinstance(name, str) and isinstance(host, str) and isinstance(quorum, str) and is_whole_number(quorum):
                found.append(Monitor(name=name, host=host, quorum=int(quorum), at=line.at))
    return tuple(found)
