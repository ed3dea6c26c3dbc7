"""The environment of a container, and `$(NAME)` in its command."""

import re

from auditor.formats.tree import Mapping
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.model.workload import Located, Variable
from auditor.patterns import lazy
from auditor.records import dataclass

from .catalogue import Catalogue
from .manifest import Manifest, is_optional
from .reading import PLACEHOLDER, TEMPLATE, as_written, has_placeholder, shown, value_place

_REFERENCE = lazy(r"\$\$|\$\(([^()\s]+)\)")


@dataclass(frozen=True)
class Environment:
    """Variables by name; `open` names what else feeds them, None if nothing does."""

    variables: dict[str, Variable]
    open: str | None


def environment_of(container: Mapping, manifest: Manifest, catalogue: Catalogue) -> Environment:
    """Return a container's variables: those of `envFrom` in order, then `env`, the later one wins (Pod v1)."""
    variables: dict[str, Variable] = {}
    opened: list[str] = []
    sources = container.sequence("envFrom")
    for item in sources.mappings() if sources is not None else ():
        missing = _from_source(item, manifest, catalogue, variables)
        if missing:
            opened.append(missing)
    listed = container.sequence("env")
    for item in listed.mappings() if listed is not None else ():
        name = item.scalar("name")
        if name is None or HOLE in name.text:
            opened.append(TEMPLATE)
            continue
        variables[name.text] = _variable(name.text, item, manifest, catalogue, variables)
    for key in ("env", "envFrom"):
        node = container.sequence(key)
        if (node.open if node is not None else container.is_open_at(key)) and TEMPLATE not in opened:
            opened.append(TEMPLATE)
    return Environment(variables, ", ".join(dict.fromkeys(opened)) or None)


def _from_source(item: Mapping, manifest: Manifest, catalogue: Catalogue, variables: dict[str, Variable]) -> str | None:
    """Add the variables of one `envFrom` item; return what is missing of them."""
    prefix = item.text("prefix") or ""
    for field, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
        reference = item.mapping(field)
        if reference is None:
            continue
        name = as_written(reference.scalar("name"), manifest.source)
        find = catalogue.config_map if kind == "ConfigMap" else catalogue.secret
        data = find(name, manifest)
        if data is None:
            return f"{kind} {shown(name)}"
        for entry in data.entries:
            value = entry.value if kind == "ConfigMap" else Unknown(f"from Secret {shown(name)}")
            variables[prefix + entry.key] = Variable(
                name=prefix + entry.key, value=value, at=entry.at, reference=f"{kind} {shown(name)}#{entry.key}"
            )
        return f"{kind} {shown(name)}" if data.open else None
    return None


def _variable(
    name: str, item: Mapping, manifest: Manifest, catalogue: Catalogue, before: dict[str, Variable]
) -> Variable:
    source = item.mapping("valueFrom")
    value = item.scalar("value")
    if source is None:
        if value is None:
            unset: str | Unknown = Unknown(TEMPLATE) if item.is_open_at("value") or item.is_open_at("valueFrom") else ""
            return Variable(name=name, value=unset, at=item.at)
        text = expand(value.text, before)
        known = Unknown(PLACEHOLDER) if has_placeholder(text) else settle(text, TEMPLATE)
        return Variable(name=name, value=known, at=value_place(value))
    for field, kind in (("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")):
        reference = source.mapping(field)
        if reference is None:
            continue
        named = as_written(reference.scalar("name"), manifest.source)
        key = reference.scalar("key")
        key_text = as_written(key, manifest.source)
        label = f"{kind} {shown(named)}#{shown(key_text)}"
        at = key.at if key is not None else reference.at
        if kind == "ConfigMap":
            data = catalogue.config_map(named, manifest)
            entry = data.get(key_text) if data is not None else None
            if entry is not None:
                return Variable(name=name, value=entry.value, at=entry.at, reference=label)
        optional = " (optional)" if is_optional(reference) else ""
        return Variable(name=name, value=Unknown(f"from {label}{optional}"), at=at, reference=label)
    field_path = source.text("fieldRef", "fieldPath") or source.text("resourceFieldRef", "resource") or "another source"
    return Variable(name=name, value=Unknown(f"from {field_path}"), at=source.at, reference=f"Pod {field_path}")


def expand(text: str, variables: dict[str, Variable]) -> str:
    """Replace `$(NAME)` by the variable's value, a hole where that is not known; `$$` is a dollar sign.

    A name that is not set stays as written (Pod v1, `command`, `args` and `env.value`).
    """

    def replace(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        variable = variables.get(match[1])
        if variable is None:
            return match[0]
        return HOLE if isinstance(variable.value, Unknown) else variable.value

    return _REFERENCE.sub(replace, text)


def command_of(container: Mapping, field: str, environment: Environment) -> tuple[Located[str], ...] | None:
    """Return the words of `command` or `args`, None where the image's own are used.

    A word of which a part is not known keeps a HOLE there (`--requirepass` with an unknown value is still
    seen); a word that is not known at all is Unknown.
    """
    node = container.get(field)
    if node is None or not hasattr(node, "scalars"):
        if not container.is_open_at(field):
            return None
        return (Located(value=Unknown(TEMPLATE), at=(node or container).at),)
    listed = container.sequence(field)
    assert listed is not None
    words: list[Located[str]] = []
    for item in listed.scalars():
        text = expand(item.text, environment.variables)
        words.append(_word(text, value_place(item)))
    if listed.open:
        words.append(Located(value=Unknown(TEMPLATE), at=listed.at))
    return tuple(words)


def _word(text: str, at: Location) -> Located[str]:
    return Located(value=Unknown(TEMPLATE) if text and not text.strip(HOLE) else text, at=at)
