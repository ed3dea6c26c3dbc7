"""Make SSH servers of files, containers and the programs that a host starts."""

import ipaddress
import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import field

from auditor.model.exposure import Exposure
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import base, start_of
from auditor.technologies.document import FileView

from .clients import clients_of, root_clients
from .document import Gap
from .evaluate import Reading, Value, Values, in_force
from .images import Image, image_of, with_password_line
from .keywords import KEYWORDS, Kind, Version
from .match import Client
from .pam import asked_by
from .program import Include, Loader, Program, conditions
from .service import Ineffective, Session, Sshd

_MANUAL = "sshd_config(5), OpenSSH 9.2"
_VALUED = frozenset("bCcEfghikmouVp")
_MAIN = "/etc/ssh/sshd_config"


@dataclass
class _Origin:
    """Who declares the server, and from where its port can be reached (None for a file)."""

    component: str
    at: Location
    workload: Workload | None = None
    version: str | None = None
    image: Image | None = None
    program: str = "sshd"
    consumed: set[str] = field(default_factory=set[str])


def file_server(source: Source, view: FileView) -> Sshd:
    """Return the server that somebody starts with just this file."""
    loader = Loader(view, main=source.path)
    program = loader.load(source)
    return _server(program, loader, _Origin(source.path, source.at()), None)


def drop_in_server(folder: str, sources: Sequence[Source], view: FileView) -> Sshd:
    """Return the server that reads the files of a drop-in folder whose main file is not scanned."""
    loader = Loader(view)
    programs = tuple(loader.load(source) for source in sources)
    at = sources[0].at()
    loader.gaps[at] = Unknown("the file that includes these is not in the scanned files")
    return _server((Include(programs=programs), Gap(at=at)), loader, _Origin(folder, at), None)


def workload_server(workload: Workload, view: FileView) -> Sshd | None:
    """Return the server that a container or a host's unit runs, None if it runs another program."""
    image = image_of(workload, view)
    at = workload.image.at if workload.image else workload.at
    if image is not None:
        if workload.entrypoint is not None:
            return None
        return _image_server(workload, image, view, at)
    start = start_of(workload, {"sshd", "sshd.pam"}, None)
    if start is None:
        return None
    loader = Loader(view)
    options = _options(start.words)
    if options is None:
        return None
    path, lines = options
    own = Source(path=at.path, text="\n".join(lines), line=at.line, column=at.column, exact=False)
    program = (*loader.load(own), *_file(path, loader, at)) if lines else _file(path, loader, at)
    loader.consumed.discard(own.key)
    words = (*(workload.entrypoint or ()), *(workload.command or ()))
    name = next((found for found in map(base, words) if found == "sshd.pam"), "sshd")
    return _server(program, loader, _Origin(workload.component, at, workload, program=name), None)


def _options(words: Iterable[object]) -> tuple[str | Unknown, list[str]] | None:
    """Return the file and the lines that flags set before it; None for a run that only tests."""
    path: str | Unknown = _MAIN
    lines: list[str] = []
    texts = [value if isinstance(value := getattr(word, "value", None), str) else f"{HOLE}" for word in words]
    place = 0
    while place < len(texts):
        word = texts[place]
        place += 1
        if HOLE in word or not word.startswith("-"):
            continue
        letter = next((index for index, each in enumerate(word) if index and each in _VALUED), 0)
        if set(word[1 : letter or None]) & set("tTGV"):
            return None
        if not letter:
            continue
        value = word[letter + 1 :]
        if not value and place < len(texts):
            value = texts[place]
            place += 1
        if word[letter] == "f":
            path = Unknown("which file sshd is started with is not known") if HOLE in value else value
        elif word[letter] == "o":
            lines.append(value)
        elif word[letter] == "p":
            lines.append(f"Port {value}")
    return path, lines


def _file(path: str | Unknown, loader: Loader, at: Location) -> Program:
    found = path if isinstance(path, Unknown) else loader.view.open(posixpath.normpath(path))
    if isinstance(found, Source):
        return loader.load(found)
    missing = Unknown(f"{path} is the image's own, which is not in the scanned files")
    loader.gaps[at] = missing if found is None else found
    return (Gap(at=at),)


def _image_server(workload: Workload, image: Image, view: FileView, at: Location) -> Sshd:
    loader = Loader(view)
    mounted = view.open(image.path)

    def own(text: str) -> Source:
        return Source(path=at.path, text=text, line=at.line, column=at.column, exact=False)

    if isinstance(mounted, Source):
        source = Source(path=mounted.path, text=with_password_line(mounted.text, image.before), line=mounted.line,
                        column=mounted.column, exact=mounted.exact, name=mounted.name)  # fmt: skip
        program = loader.load(source)
    else:
        program = (*loader.load(own(image.before)), *loader.load(own(image.text)))
        loader.consumed.clear()
    tag = f"{image.version[0]}.{image.version[1]}" if image.version else None
    return _server(program, loader, _Origin(workload.component, at, workload, tag, image), image.version)


def _server(program: Program, loader: Loader, origin: _Origin, version: Version | None) -> Sshd:
    first = Reading(None, version, loader.gaps).run(program)
    ports = _ports(first.values)
    listed = [condition for condition, _ in conditions(program)]
    clients = clients_of(listed, ports[0] if ports else 22)
    readings = {client: Reading(client, version, loader.gaps).run(program) for client in clients}
    roots = {client: Reading(client, version, loader.gaps).run(program) for client in root_clients(clients)}
    problems = [*loader.problems, *first.problems, *contradictions(first.values)]
    have_passwords = origin.image.have_passwords if origin.image else True
    asked = asked_by(loader.view, "" if origin.workload else origin.at.path, origin.program)

    def session(client: Client, reading: Reading) -> Session:
        return Session(
            client=client,
            values=in_force(first, reading),
            at=origin.at,
            hidden=first.cloud,
            version=version,
            have_passwords=have_passwords,
            pam=asked,
        )

    return Sshd(
        component=origin.component,
        technology="sshd",
        at=origin.at,
        origin=origin.workload.origin if origin.workload else "file",
        version=origin.version,
        settings=_settings(first, readings, origin.at),
        exposure=_exposure(first, ports, origin),
        consumed=frozenset(loader.consumed),
        refused=tuple(dict.fromkeys(problems)),
        assumed={
            at: f"{word} is not in the scanned files, and what stands there comes before later lines"
            for at, word in loader.drop_ins.items()
        },
        sessions=tuple(session(client, reading) for client, reading in readings.items()),
        root_sessions=tuple(session(client, reading) for client, reading in roots.items()),
        hidden=first.cloud,
        ineffective=tuple(
            Ineffective(name=keyword.name, value=value, at=at, first=before.at, in_force=str(before.text))
            for keyword, value, at, before in first.ineffective
            if before.text != value
        ),
        unrecognised=tuple(first.unrecognised),
        sudo_without_password=origin.image.sudo if origin.image else None,
    )


_METHOD_KEYWORDS = {
    "publickey": "pubkeyauthentication",
    "password": "passwordauthentication",
    "keyboard-interactive": "kbdinteractiveauthentication",
    "hostbased": "hostbasedauthentication",
    "gssapi-with-mic": "gssapiauthentication",
}


def contradictions(values: Values) -> list[Problem]:
    """Return what `main` of `sshd.c` refuses once all lines are read; `values` are those of the first reading."""
    found: list[Problem] = []
    command, user = values.get("authorizedkeyscommand"), values.get("authorizedkeyscommanduser")
    has_command = command is not None and isinstance(command.text, str) and command.text.lower() != "none"
    has_user = user is not None and (isinstance(user.text, Unknown) or user.text.lower() != "none")
    if command is not None and has_command and not has_user:
        message = "expected AuthorizedKeysCommandUser beside AuthorizedKeysCommand"
        found.append(Problem(at=command.at, message=message))
    methods = values.get("authenticationmethods")
    if methods is not None and isinstance(methods.text, str) and methods.text != "any":
        lists = [[each.partition(":")[0] for each in one.split(",")] for one in methods.text.split()]
        if not any(all(_may_be_enabled(values, name) for name in names) for names in lists):
            found.append(Problem(at=methods.at, message="expected AuthenticationMethods to name enabled methods"))
    family, listed = values.get("addressfamily"), values.get("listenaddress")
    if family is not None and listed is not None:
        unwanted = {"inet": 6, "inet6": 4}.get(str(family.text))
        found += [
            Problem(at=at, message="expected ListenAddress to be of the AddressFamily")
            for part, at in zip(listed.parts, listed.places, strict=True)
            if _ip_version(_host(part)) == unwanted
        ]
    return found


def _ip_version(host: str) -> int:
    try:
        return ipaddress.ip_address(host).version
    except ValueError:
        return 0


def _may_be_enabled(values: Values, method: str) -> bool:
    key = _METHOD_KEYWORDS.get(method)
    if key is None:
        return True
    value = values.get(key)
    text = value.text if value is not None else KEYWORDS[key].default
    return isinstance(text, Unknown) or text == "yes"


def _settings(first: Reading, readings: dict[Client, Reading], at: Location) -> Settings:
    settings = Settings()
    for keyword in KEYWORDS.values():
        value = first.values.get(keyword.key)
        if value is not None:
            is_own = value.at.path == at.path
            settings.set(Setting(keyword.name, value.text, Origin.FILE if is_own else Origin.INCLUDE, value.at))
        elif first.cloud is not None:
            settings.set(Setting(keyword.name, first.cloud, Origin.FILE, at))
        elif keyword.default is not None and keyword.kind is not Kind.ALGORITHMS:
            settings.set(Setting(keyword.name, keyword.default, Origin.DEFAULT, source=_MANUAL))
    for client, reading in readings.items():
        for key, value in reading.values.items() if client.label else ():
            settings.set(Setting(f"{KEYWORDS[key].name} for {client.label}", value.text, Origin.FILE, value.at))
    return settings


def _ports(values: Values) -> list[int]:
    port = values.get("port")
    return [int(part) for part in port.parts] if port is not None else [22]


def _exposure(first: Reading, ports: list[int], origin: _Origin) -> Exposure:
    listed: Value | None = first.values.get("listenaddress")
    hosts: list[str] | Unknown = [""] if first.cloud is None else first.cloud
    if listed is not None:
        hosts = listed.text if isinstance(listed.text, Unknown) else [_host(part) for part in listed.parts]
    at = listed.at if listed is not None else None
    found = list(ports)
    for part in listed.parts if listed is not None else ():
        found += [int(text) for text in [_port_of(part)] if text]
    return exposure_of(hosts, found, origin.workload, at)


def _host(part: str) -> str:
    word = part.split(maxsplit=1)[0]
    if word.startswith("["):
        return word[1:].partition("]")[0]
    return word if word.count(":") > 1 else word.partition(":")[0]


def _port_of(part: str) -> str:
    word = part.split(maxsplit=1)[0]
    if word.startswith("["):
        word = word.partition("]")[2]
    port = word.partition(":")[2] if word.count(":") == 1 else ""
    return port if is_whole_number(port) and len(port) < 6 else ""
