"""Files of one folder as one Terraform module: variables, locals and what callers set."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from auditor.formats.hcl import Block, Expression, Literal, Name
from auditor.model.unknown import Unknown
from auditor.model.value import Value
from auditor.records import dataclass

from .document import TerraformDocument
from .evaluate import Scope
from .operators import to_bool, to_number, to_text
from .overrides import with_overrides
from .references import references

_ENDINGS = (".tf", ".tofu", ".tfvars", ".tf.json", ".tofu.json", ".tfvars.json")


@dataclass
class Module:
    """One folder's blocks, and what its names stand for.

    `is_called` is True if another module of the scanned tree calls it; `called_with` are the arguments that callers
    set. `is_child` is also True for a folder below one named `modules`.
    """

    folder: str
    documents: list[TerraformDocument] = field(default_factory=list[TerraformDocument])
    called_with: set[str] = field(default_factory=set[str])
    is_called: bool = False
    is_child: bool = False

    @property
    def incomplete(self) -> str:
        """Why resources may be missing: a file with a syntax error; "" if all files were read whole."""
        broken = next((document for document in self.documents if document.problems or document.partial), None)
        return f"a part of {broken.source.path} could not be read" if broken is not None else ""

    def blocks(self) -> list[Block]:
        """Return all blocks with override files merged in, in file order."""
        return with_overrides(self.documents)

    def locals(self, blocks: Iterable[Block]) -> dict[str, Expression]:
        return {
            attribute.name: attribute.value
            for block in blocks
            if block.type == "locals"
            for attribute in block.body.attributes
        }

    def variables(self, blocks: Iterable[Block]) -> dict[str, Value]:
        """Return the values of variables: what is loaded by itself, else the default, else Unknown."""
        assigned = self._assigned()
        empty = Scope({}, {}, {})
        values: dict[str, Value] = {}
        for block in blocks:
            if block.type != "variable" or not block.labels:
                continue
            name = block.labels[0]
            default = block.body.get("default")
            value: Value
            if name in self.called_with:
                value = Unknown(f"var.{name} is set by the module's caller")
            elif name in assigned:
                value = empty.evaluate(assigned[name])
            elif default is not None:
                value = empty.evaluate(default)
            else:
                value = Unknown(f"var.{name} has no value in the scanned files")
            values[name] = _converted(value, block.body.get("type"), name)
        return values

    def _assigned(self) -> dict[str, Expression]:
        """Return the values that Terraform loads by itself, later files over earlier ones.

        Terraform documentation, "Variable Definition Precedence": terraform.tfvars, terraform.tfvars.json, then
        *.auto.tfvars and *.auto.tfvars.json in lexical order. Child modules load none.
        """
        if self.is_called:
            return {}

        def rank(document: TerraformDocument) -> tuple[int, str]:
            name = document.source.file_name
            fixed = {"terraform.tfvars": 0, "terraform.tfvars.json": 1}
            return fixed.get(name, 2), name

        loaded = [document for document in self.documents if document.values and _loaded(document.source.file_name)]
        return {
            attribute.name: attribute.value
            for document in sorted(loaded, key=rank)
            for attribute in document.body.attributes
        }

    def exported(self, blocks: Iterable[Block], locals_: Mapping[str, Expression]) -> frozenset[str]:
        """Return the addresses that outputs of a child module lead to."""
        if not self.is_child:
            return frozenset()
        outputs = (block.body.get("value") for block in blocks if block.type == "output")
        return frozenset(address for value in outputs if value is not None for address in references(value, locals_))


def _loaded(name: str) -> bool:
    return name in {"terraform.tfvars", "terraform.tfvars.json"} or name.endswith((".auto.tfvars", ".auto.tfvars.json"))


def _converted(value: Value, kind: Expression | None, name: str) -> Value:
    """Convert a value to the variable's type where that is a primitive type."""
    if isinstance(value, Unknown) or value is None or not isinstance(kind, Name | Literal):
        return value
    word = kind.name if isinstance(kind, Name) else kind.value
    convert = {"string": to_text, "number": to_number, "bool": to_bool}.get(str(word))
    if convert is None:
        return value
    converted = convert(value)
    return converted if converted is not None else Unknown(f"the value of var.{name} has another type than it says")


def modules(documents: Sequence[TerraformDocument]) -> Iterator[Module]:
    """Yield the modules of the scanned files in order of their folders."""
    found: dict[str, Module] = {}
    for document in sorted(documents, key=lambda document: document.source.key):
        path = document.source.path
        # A template or sample (`main.tf.j2`) is no file of the module beside it.
        folder = path.rpartition("/")[0] if path.lower().endswith(_ENDINGS) else path
        found.setdefault(folder, Module(folder)).documents.append(document)
    for module in found.values():
        module.is_child = module.is_child or "modules" in module.folder.split("/")
        for document in module.documents:
            for block in document.body.of_type("module"):
                _note_call(found, module.folder, block)
    for folder in sorted(found):
        yield found[folder]


def _note_call(found: Mapping[str, Module], folder: str, block: Block) -> None:
    """Note at the called module, if it is in the scanned tree, which variables this call sets."""
    source = block.body.get("source")
    if not isinstance(source, Literal) or not isinstance(source.value, str):
        return
    if not source.value.startswith(("./", "../")):
        return
    parts = [part for part in folder.split("/") if part]
    for part in source.value.split("/"):
        if part == "..":
            if not parts:
                return
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    called = found.get("/".join(parts))
    if called is not None:
        called.is_called = called.is_child = True
        called.called_with.update(attribute.name for attribute in block.body.attributes)
