"""The static configuration in force: from exactly one of a file, the command line and variables.

Sources: Traefik 3.7, cmd/traefik/traefik.go (loaders: file, flags, environment; the first that finds something is the
only one), pkg/cli/loader_file.go (folders searched; `--configFile`), pkg/cli/deprecation.go (what version 3 refuses);
the official image's entrypoint.sh (puts `traefik` before a command that begins with `-`), its working folder is `/`.
"""

from collections.abc import Sequence
from dataclasses import field
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown
from auditor.model.workload import Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import Version
from auditor.technologies.common.program import Program, Start, Word, start_of
from auditor.technologies.document import FileView

from .document import read_document
from .parts import Part, dotted

IMAGES: Final = frozenset({"traefik", "mirrored-library-traefik"})
_IMAGE: Final = Program(entrypoints=("entrypoint.sh", "docker-entrypoint.sh"))
_FOLDERS: Final = ("/etc/traefik/traefik", "/root/.config/traefik", "/traefik")
_GONE: Final = (
    ("pilot",),
    ("providers", "marathon"),
    ("providers", "rancher"),
    ("providers", "docker", "swarmmode"),
    ("tracing", "jaeger"),
    ("tracing", "zipkin"),
    ("tracing", "datadog"),
    ("tracing", "instana"),
    ("tracing", "haystack"),
    ("tracing", "elastic"),
)
_BARE: Final = lazy(
    r"accesslog|api|api\.(?:insecure|dashboard|debug|disabledashboardad)|log|ping|ping\.manualrouting|ocsp|tracing"
    r"|global\.\w+|metrics\.prometheus(?:\.\w+)?|accesslog\.(?:addinternals|dualoutput|otlp)|providers\.\w+"
    r"|providers\.\w+\.(?:exposedbydefault|watch|swarmmode|insecure|allow\w+|usebindportip)|serverstransport\.insecureskipverify"
    r"|entrypoints\.[^.]+\.(?:asdefault|reuseport|allowacmebypass|http\.tls|http3|proxyprotocol)"
    r"|entrypoints\.[^.]+\.(?:forwardedheaders|proxyprotocol)\.insecure|entrypoints\.[^.]+\.http\.redirections\.entrypoint\.permanent"
    r"|certificatesresolvers\.[^.]+\.acme\.(?:tlschallenge|httpchallenge|dnschallenge)|experimental\.\w+"
)
"""Flags that take no word behind them: switches, and elements that may be empty."""


@dataclass(kw_only=True)
class Static:
    """What was found. `unknown` is why the configuration, or more of it, is not known."""

    root: Part
    origin: Origin = Origin.FILE
    folder: str = ""
    """Where the file stands, for relative paths; "" for none."""
    consumed: set[str] = field(default_factory=set[str])
    refused: list[Problem] = field(default_factory=list[Problem])


def start(workload: Workload) -> Start | None:
    """Return how a container or unit starts Traefik 2 or 3, None if it runs something else."""
    is_image = workload.image_name in IMAGES
    if is_image and (workload.image_tag or "").lstrip("v").startswith("1."):
        return None
    words = (*(workload.entrypoint or ()), *(workload.command or ()))
    if is_image and words and isinstance(words[0].value, PartlyKnown) and words[0].value.text.startswith("-"):
        return Start(words, by_image=True)
    found = start_of(workload, ("traefik",), _IMAGE if is_image else None)
    if found is None or (found.words and found.words[0].value in {"healthcheck", "version"}):
        return None
    return found


def of_workload(workload: Workload, words: Sequence[Word], view: FileView) -> Static:
    """Return the configuration that a container or unit runs with."""
    flags = Static(root=Part(workload.at), origin=Origin.FLAG)
    read_flags(flags, words)
    named = flags.root.text("configfile")
    if isinstance(named, Unknown):
        return Static(root=_unknown(workload.at, named.reason))
    paths = (named,) if named else tuple(f"{base}.{ending}" for base in _FOLDERS for ending in ("toml", "yaml", "yml"))
    for path in paths:
        found = view.open(path)
        if isinstance(found, Source):
            return of_file(found, path.rpartition("/")[0])
        if isinstance(found, Unknown) and (named or (not words and not workload.on_host)):
            return Static(root=_unknown(workload.at, found.reason))
    if named:
        return Static(root=_unknown(workload.at, f"{named} is not in the scanned files"))
    if words or flags.root.open:
        return flags
    return _of_environment(workload)


def _unknown(at: Location, reason: str) -> Part:
    root = Part(at)
    root.open = reason
    return root


def of_file(source: Source, folder: str) -> Static:
    """Return the configuration of a file."""
    try:
        document = read_document(source)
    except FormatError as error:
        return Static(
            root=_unknown(source.at(), "the file cannot be read"),
            consumed={source.key},
            refused=[Problem(at=error.at, message=error.expected)],
        )
    static = Static(root=document.root, folder=folder, consumed={source.key})
    if not document.partial and not document.is_static:
        message = "expected an element of the static configuration, and there is none"
        static.refused.append(Problem(at=source.at(), message=message))
    return static


def refusals(root: Part, version: Version | None) -> list[Problem]:
    """Return options that this version stops at: what version 3 has removed, where the image's tag says 3."""
    if version is None or version < (3,):
        return []
    found: list[Problem] = []
    for path in _GONE:
        part = root.find(*path)
        if isinstance(part, Part):
            found.append(Problem(at=part.at, message=f"expected no {'.'.join(path)}, which version 3 has removed"))
    return found


def read_flags(static: Static, words: Sequence[Word]) -> None:
    """Read a command line into `static`; a repeated list grows."""
    pending: Word | None = None
    for word in words:
        if isinstance(word.value, Unknown):
            name, equals, _ = (word.value.text if isinstance(word.value, PartlyKnown) else "").partition("=")
            if pending is None and equals and name.startswith("-") and HOLE not in name:
                static.root.put(dotted(name.lstrip("-")), Unknown(word.value.reason), word.at)
            elif pending is None:
                static.root.open = "a word of its command is not known"
            else:
                static.root.put(_names(pending), word.value, word.at)
            pending = None
        elif pending is not None:
            _put(static.root, _names(pending), word.value, word.at)
            pending = None
        elif word.value.startswith("-"):
            name, equals, value = word.value.lstrip("-").partition("=")
            if equals:
                _put(static.root, dotted(name), value, word.at)
            elif _BARE.fullmatch(name.lower()):
                _put(static.root, dotted(name), "true", word.at)
            else:
                pending = word


def _names(word: Word) -> tuple[str, ...]:
    return dotted(word.value.lstrip("-")) if isinstance(word.value, str) else ()


_LISTS: Final = frozenset({"trustedips", "rootcas", "middlewares", "endpoints", "statuscodes"})


def _put(root: Part, names: tuple[str, ...], value: str, at: Location) -> None:
    if names and names[-1].lower() in _LISTS:
        earlier = root.text(*(name.lower() for name in names))
        if isinstance(earlier, str) and earlier:
            value = f"{earlier},{value}"
    root.put(names, value, at)


def _of_environment(workload: Workload) -> Static:
    static = Static(root=Part(workload.at), origin=Origin.ENVIRONMENT)
    for name, variable in workload.environment.items():
        if name.upper().startswith("TRAEFIK_"):
            static.root.put(dotted(name[len("TRAEFIK_") :].replace("_", ".")), variable.value, variable.at)
    if workload.environment_open:
        static.root.open = workload.environment_open
    elif workload.templated and not static.root.parts:
        static.root.open = "template expressions may set it"
    return static
