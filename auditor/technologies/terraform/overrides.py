"""Override files: `override.tf` and `*_override.tf` replace parts of blocks that other files declare.

Terraform documentation, "Override Files": an argument replaces the original one; nested blocks replace all original
blocks of their type; `locals` are merged by name.
"""

from collections.abc import Iterable

from auditor.formats.hcl import Block, Body

from .document import TerraformDocument

_ENDINGS = (".tf", ".tofu", ".tf.json", ".tofu.json")


def with_overrides(documents: Iterable[TerraformDocument]) -> list[Block]:
    """Return the blocks of configuration files with override files merged in."""
    blocks: list[Block] = []
    overrides: list[Block] = []
    for document in documents:
        if not document.values:
            (overrides if _is_override(document.source.file_name) else blocks).extend(document.body.blocks)
    for override in overrides:
        if override.type == "locals":
            blocks.append(override)
            continue
        for index, block in enumerate(blocks):
            if block.type == override.type and block.labels == override.labels:
                blocks[index] = _merged(block, override)
    return blocks


def _is_override(name: str) -> bool:
    stem = next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), "")
    return stem == "override" or stem.endswith("_override")


def _merged(block: Block, override: Block) -> Block:
    names = {attribute.name for attribute in override.body.attributes}
    types = {_replaced_type(child) for child in override.body.blocks}
    body = Body(
        (*(a for a in block.body.attributes if a.name not in names), *override.body.attributes),
        (*(child for child in block.body.blocks if _replaced_type(child) not in types), *override.body.blocks),
        block.body.broken or override.body.broken,
    )
    return Block(block.type, block.labels, body, block.at, block.end_line)


def _replaced_type(block: Block) -> str:
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type
