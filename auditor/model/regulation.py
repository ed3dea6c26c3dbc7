"""The paragraphs of a regulation that a finding can be relevant to."""

from functools import cached_property
from typing import Literal

import msgspec

Kind = Literal["standard", "spec", "general"]
Designation = Literal["required", "addressable", "standard", "general"]
Assessable = Literal["direct", "partial", "none"]


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One standard, implementation specification or general rule.

    `designation` is "required" or "addressable" as the regulation marks specifications; standards and general
    rules carry no mark. `assessable` says whether configuration files can show it: the mechanism itself, a
    technical part of it, or nothing. `titled` is False where the regulation gives no title and ours stands
    in. `aliases` are other ways in which the same paragraph is cited.
    """

    id: str
    parent: str | None
    title: str
    kind: Kind
    designation: Designation
    assessable: Assessable
    aliases: tuple[str, ...]
    titled: bool = True


class Regulation(msgspec.Struct, frozen=True, kw_only=True, dict=True, forbid_unknown_fields=True):
    """A table of paragraphs with the edition of the text it was taken from."""

    title: str
    citation: str
    edition: str
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def by_id(self) -> dict[str, Paragraph]:
        """The paragraphs by canonical id (aliases are not ids)."""
        return {paragraph.id: paragraph for paragraph in self.paragraphs}
