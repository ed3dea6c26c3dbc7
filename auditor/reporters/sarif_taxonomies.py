"""The parts of a SARIF run that name the regulation: its categories and the paragraphs cited."""

from collections.abc import Iterable
from typing import Any, Final

from auditor.model.report import Citation, Finding, Report

CATEGORIES: Final = "45 CFR 164.304"
CITATIONS: Final = "45 CFR Part 164 Subpart C"


class Taxonomies:
    """The categories and citations of a report, and references to them.

    A reference names the taxon by its place, so it can only be made for what the report holds.
    """

    def __init__(self, report: Report) -> None:
        categories = {category.id: category for category in report.categories}
        groups = [*(check.citations for check in report.checks), *(finding.citations for finding in report.findings)]
        cited = [citation for group in groups for citation in group]
        citations = {citation.id: citation for citation in sorted(cited, key=lambda citation: citation.id)}
        self._taxa: tuple[list[dict[str, Any]], list[dict[str, Any]]] = (
            [
                {"id": category.id, "name": category.title, "shortDescription": {"text": category.definition}}
                for category in categories.values()
            ],
            [
                {
                    "id": citation.id,
                    "name": citation.title,
                    "shortDescription": {"text": f"{citation.id} {citation.title}"},
                    "properties": {"designation": citation.designation},
                }
                for citation in citations.values()
            ],
        )
        self._places = tuple({taxon["id"]: place for place, taxon in enumerate(taxa)} for taxa in self._taxa)

    def components(self) -> list[dict[str, Any]]:
        """Return the `taxonomies` of the run."""
        return [
            {"name": name, "organization": "HHS", "shortDescription": {"text": text}, "taxa": taxa}
            for name, text, taxa in (
                (CATEGORIES, "Terms that 45 CFR 164.304 defines", self._taxa[0]),
                (CITATIONS, "Paragraphs of the Security Rule that findings bear on", self._taxa[1]),
            )
        ]

    @staticmethod
    def supported() -> list[dict[str, Any]]:
        """Return the references of the tool to the taxonomies."""
        return [{"name": name, "index": index} for index, name in enumerate((CATEGORIES, CITATIONS))]

    def relationships(self, category: str, citations: Iterable[Citation]) -> list[dict[str, Any]]:
        """Return the `relationships` of a rule."""
        return [{"target": target, "kinds": ["relevant"]} for target in self._references([category], citations)]

    def taxa(self, finding: Finding) -> list[dict[str, Any]]:
        """Return the `taxa` of a result."""
        return self._references([finding.category, *finding.also_categories], finding.citations)

    def _references(self, categories: Iterable[str], citations: Iterable[Citation]) -> list[dict[str, Any]]:
        wanted = [*((0, name) for name in categories), *((1, citation.id) for citation in citations)]
        # A profile may cite a paragraph twice; SARIF wants every taxon once.
        return [
            {"id": name, "index": self._places[which][name], "toolComponent": self.supported()[which]}
            for which, name in dict.fromkeys(wanted)
            if name in self._places[which]
        ]
