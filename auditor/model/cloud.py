"""A resource of a cloud provider as Terraform declares it: values, places, and the resources that refer to it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any

from auditor.records import dataclass

from .fact import Fact
from .location import Location
from .source import Source
from .unknown import UndecidedError, Unknown
from .value import PartlyKnown, Value, decode_json


@dataclass(frozen=True, kw_only=True)
class CloudAttribute:
    """`name = value` of a block, evaluated.

    `at` covers name and value, `text_at` the characters of a string, which stand in the file line by line if
    `exact`. `references` are the addresses the expression leads to, through locals: `aws_kms_key.main`,
    `data.aws_iam_policy_document.read`, `var.name`, `module.network`. `blocks` are the objects of a value written as
    `{…}` or `[{…}]`, with their own places.
    """

    name: str
    value: Value = field(repr=False)
    at: Location
    text_at: Location
    exact: bool = False
    references: tuple[str, ...] = ()
    blocks: tuple["CloudBlock", ...] = field(default=(), repr=False)

    def source(self, file_name: str) -> Source | None:
        """Return the text as a source of its own, with HOLE where it is not known; None if it is no text."""
        text = self.value.text if isinstance(self.value, PartlyKnown) else self.value
        if not isinstance(text, str):
            return None
        at = self.text_at
        return Source(path=at.path, text=text, line=at.line, column=at.column, exact=self.exact, name=file_name)


@dataclass(frozen=True, kw_only=True)
class CloudBlock:
    """A block's attributes and nested blocks.

    `undetermined` says why arguments that are not here may still be set ("a dynamic block"), "" if the block is
    complete. Names given to the methods may lead through nested blocks: `versioning_configuration.status`; the first
    nested block of a type counts.
    """

    type: str
    at: Location
    attributes: Mapping[str, CloudAttribute] = field(default_factory=dict[str, CloudAttribute], repr=False)
    children: tuple["CloudBlock", ...] = field(default=(), repr=False)
    undetermined: str = ""

    def value(self, name: str) -> Value:
        """Return the value of an argument, None if it is absent or null."""
        first, _, rest = name.partition(".")
        if rest:
            block = self.block(first)
            return block.value(rest) if block is not None else None
        attribute = self.attributes.get(first)
        if attribute is None:
            return Unknown(self.undetermined) if self.undetermined else None
        return attribute.value

    def has(self, name: str) -> bool | Unknown:
        """Tell whether an argument or nested block is set; a reference to an unknown value is set."""
        first, _, rest = name.partition(".")
        if rest:
            block = self.block(first)
            return block.has(rest) if block is not None else False
        if first in self.attributes:
            return self.attributes[first].value is not None
        if any(child.type == first and not child.undetermined for child in self.children):
            return True
        reason = self.undetermined or next((c.undetermined for c in self.children if c.type == first), "")
        return Unknown(reason) if reason else False

    def bool(self, name: str, *, default: bool = False) -> "bool | Unknown":
        """Return a boolean argument as Terraform converts it; `default` is the provider's for an absent one."""
        value = self.value(name)
        if value is None:
            return default
        if isinstance(value, bool | Unknown):
            return value
        if value in ("true", "false"):
            return value == "true"
        return Unknown(f"{name} is no boolean")

    def text(self, name: str, *, default: str = "") -> str | Unknown:
        """Return a string argument (numbers and booleans as Terraform writes them)."""
        value = self.value(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(value)
        return value if isinstance(value, str | Unknown) else Unknown(f"{name} is no string")

    def number(self, name: str, *, default: float = 0) -> float | Unknown:
        """Return a numeric argument."""
        value = self.value(name)
        if value is None:
            return default
        if isinstance(value, Unknown):
            return value
        try:
            return float(value) if isinstance(value, str | int | float) else Unknown(f"{name} is no number")
        except ValueError:
            return Unknown(f"{name} is no number")

    def texts(self, name: str) -> tuple[str | Unknown, ...] | Unknown:
        """Return the strings of a list argument, empty if it is absent."""
        value = self.value(name)
        if value is None:
            return ()
        if isinstance(value, Unknown):
            return value
        items = value if isinstance(value, tuple) else (value,)
        return tuple(
            item
            if isinstance(item, str | Unknown)
            else str(item)
            if isinstance(item, int | float)
            else Unknown(f"an item of {name} is no string")
            for item in items
        )

    def blocks(self, name: str) -> tuple["CloudBlock", ...]:
        """Return the nested blocks of a type, also those written as an attribute (`ingress = [{…}]`).

        A block whose presence or content is not determined is among them; its arguments are Unknown.
        """
        first, _, rest = name.partition(".")
        found = [child for child in self.children if child.type == first]
        attribute = self.attributes.get(first)
        if attribute is not None:
            found.extend(attribute.blocks)
            if not attribute.blocks and isinstance(attribute.value, Unknown):
                reason = attribute.value.reason
                found.append(CloudBlock(type=first, at=attribute.at, undetermined=reason))
        if not found and self.undetermined:
            found.append(CloudBlock(type=first, at=self.at, undetermined=self.undetermined))
        if rest:
            return tuple(below for block in found for below in block.blocks(rest))
        return tuple(found)

    def block(self, name: str) -> "CloudBlock | None":
        """Return the first nested block of a type."""
        return next(iter(self.blocks(name)), None)

    def document(self, name: str) -> Any:
        """Return the JSON that a string argument holds; unknown parts are Unknown, as is text that is not JSON."""
        value = self.value(name)
        return decode_json(value) if value is not None else None

    def where(self, name: str) -> Location:
        """Return the place of an argument or nested block; where it is absent, of what would hold it."""
        first, _, rest = name.partition(".")
        attribute = self.attributes.get(first)
        if attribute is not None and not (rest and attribute.blocks):
            return attribute.at
        block = self.block(first)
        if block is None:
            return self.at
        return block.where(rest) if rest else block.at

    def references(self, name: str) -> tuple[str, ...]:
        """Return the addresses that an argument's expression leads to."""
        attribute = self.attributes.get(name)
        return attribute.references if attribute is not None else ()


@dataclass(frozen=True, kw_only=True)
class CloudResource(CloudBlock, Fact):
    """One `resource` or `data` block, judged once whatever its `count` or `for_each` is.

    `type` is the resource's type, with `data.` before it for a data source; `name` its label, `address` both
    (`aws_s3_bucket.reports`). `component` is the address, with the module's folder before it. `provider` is the first
    word of the type (`aws`, `azurerm`, `google`).
    """

    name: str
    address: str
    provider: str
    module: "CloudModule" = field(repr=False, compare=False)

    def companions(self, kind: str, *, via: str, name: str = "") -> tuple["CloudResource", ...]:
        """Return the resources of type `kind` whose argument `via` refers to this one.

        They refer by an expression (`aws_s3_bucket.reports.id`) or by the value of this resource's argument `name`
        written out.

        Raises:
            UndecidedError: none is found, but one could exist: it refers to something that is not known, a file of
                the module could not be read, or a caller of this module gets this resource as an output.
        """
        found: list[CloudResource] = []
        doubt = ""
        own = self.value(name) if name else None
        for other in self.module.of_type(kind):
            value = other.value(via)
            if self.address in other.references(via) or (isinstance(own, str) and value == own):
                found.append(other)
            elif isinstance(value, Unknown) and not self.module.knows_any(other.references(via)):
                doubt = doubt or f"{other.address} may refer to it: {value.reason}"
        if not found and (doubt := doubt or self.module.doubt_about(self.address)):
            raise UndecidedError(doubt)
        return tuple(found)

    def referenced(self, name: str) -> tuple["CloudResource", ...]:
        """Return the resources of this module that an argument refers to."""
        return tuple(
            resource for address in self.references(name) if (resource := self.module.get(address)) is not None
        )


class CloudModule:
    """The resources of one Terraform module (a folder); complete when the estate is built, not changed after.

    `incomplete` says why a resource may be missing here ("a file could not be read"). `exported` are the addresses
    that outputs hand to a caller, if the folder is called as a module or is meant to be.
    """

    def __init__(self, folder: str, *, incomplete: str = "", exported: frozenset[str] = frozenset()) -> None:
        self.folder = folder
        self.incomplete = incomplete
        self.exported = exported
        self._resources: dict[str, CloudResource] = {}

    def add(self, resource: CloudResource) -> None:
        """Add a resource while the module is built."""
        self._resources[resource.address] = resource

    def __iter__(self) -> Iterator[CloudResource]:
        return iter(self._resources.values())

    def get(self, address: str) -> CloudResource | None:
        return self._resources.get(address)

    def of_type(self, *kinds: str) -> tuple[CloudResource, ...]:
        """Return the resources of the given types in file order."""
        return tuple(resource for resource in self if resource.type in kinds)

    def knows_any(self, addresses: tuple[str, ...]) -> bool:
        """Tell whether one of the addresses is a resource declared here."""
        return any(address in self._resources for address in addresses)

    def doubt_about(self, address: str) -> str:
        """Return why something that belongs to `address` may be declared out of sight, "" if it cannot."""
        if self.incomplete:
            return self.incomplete
        return "the module hands it to its caller, who may complete it" if address in self.exported else ""


def of_type(*kinds: str) -> Callable[[CloudResource], bool]:
    """Return the condition that a resource is of one of the types: the `applies` of a check."""
    wanted = frozenset(kinds)
    return lambda resource: resource.type in wanted
