"""etcd's configuration file (YAML) and files of `ETCD_…` variables for its service.

Source: etcd documentation 3.6, "Configuration options"; unknown keys are passed over in silence (tried: 3.4.23).
"""

import re
from dataclasses import field

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated, mask
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown, settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Document

from .names import CLIENT, PEER, SWITCHES, VALUED

_VARIABLE = lazy(
    r"[ \t]*(?:export[ \t]+)?(ETCD_[A-Z0-9_]+|DAEMON_ARGS|ETCD_OPTIONS)=(?:\"([^\"]*)\"|'([^']*)'|([^\s]*))"
)


@dataclass(frozen=True)
class Option:
    """An option by its flag's name."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location


@dataclass(frozen=True, kw_only=True)
class EtcdConfig(Document):
    """A file of options. `is_yaml` tells a configuration file from variables.

    `misplaced` are keys that etcd passes over where they stand, and would take elsewhere; `opened` is why more
    options may be there.
    """

    options: tuple[Option, ...] = ()
    is_yaml: bool = True
    misplaced: tuple[Option, ...] = ()
    opened: str = ""


def read_document(source: Source) -> EtcdConfig:
    """Read either file.

    Raises:
        FormatError: it is meant as YAML and is none.
    """
    if re.search(r"^[ \t]*(?:export[ \t]+)?(?:ETCD_\w+|DAEMON_ARGS)=", source.text, re.M):
        return _variables(source)
    nodes = yaml.parse(source)
    if not nodes:
        return EtcdConfig(source=source)
    if len(nodes) > 1 or not isinstance(nodes[0], Mapping):
        raise FormatError(source.at(), "expected one YAML mapping of etcd's options")
    return _yaml(source, nodes[0])


def _yaml(source: Source, root: Mapping) -> EtcdConfig:
    options: list[Option] = []
    misplaced: list[Option] = []
    for key, node in root:
        if key.text in {"client-transport-security", "peer-transport-security"}:
            names = CLIENT if key.text.startswith("client") else PEER
            for inner, value in node if isinstance(node, Mapping) else ():
                if inner.text in names:
                    options.extend(_option(names[inner.text], value))
        elif key.text in {*CLIENT.values(), *PEER.values()}:
            misplaced.extend(_option(key.text, node))
        elif key.text in SWITCHES | VALUED:
            options.extend(_option(key.text, node))
    opened = "template expressions may add options" if root.open else ""
    partial = "template expressions" if is_templated(source.text) else ""
    return EtcdConfig(source=source, options=tuple(options), misplaced=tuple(misplaced), opened=opened, partial=partial)


def _option(name: str, node: Node) -> list[Option]:
    if isinstance(node, Scalar):
        return [] if node.is_null else [Option(name, node.value, node.at)]
    if isinstance(node, Sequence):
        texts = [scalar.value for scalar in node.scalars()]
        known = [text for text in texts if isinstance(text, str)]
        return [
            Option(name, ",".join(known) if len(known) == len(texts) else Unknown("a template expression"), node.at)
        ]
    return []


def _variables(source: Source) -> EtcdConfig:
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    options: list[Option] = []
    opened = ""
    for number, line in enumerate(text.split("\n"), 1):
        match = _VARIABLE.match(line)
        if match is None:
            continue
        group = next((index for index in (2, 3, 4) if match[index] is not None), 4)
        at = source.at(number, match.start(group) + 1, number, max(match.end(group), match.start(group) + 1))
        if match[1] in {"DAEMON_ARGS", "ETCD_OPTIONS"}:
            opened = "flags stand beside these variables" if match[group] else opened
            continue
        name = option_of(match[1])
        if name is not None:
            options.append(Option(name, settle(match[group], "a template expression"), at))
    partial = "" if text == source.text else "template expressions"
    return EtcdConfig(source=source, options=tuple(options), is_yaml=False, opened=opened, partial=partial)


def option_of(variable: str) -> str | None:
    """Return the option that a variable sets: `cert-file` for `ETCD_CERT_FILE`; None for a variable of another kind."""
    name = variable.removeprefix("ETCD_").lower().replace("_", "-")
    return name if variable.startswith("ETCD_") and name in SWITCHES | VALUED else None
