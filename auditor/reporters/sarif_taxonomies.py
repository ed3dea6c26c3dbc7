"""The parts of a SARIF run that name what findings are filed under: categories, paragraphs and weaknesses."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from auditor.model.report import CategoryInfo, CheckInfo, Citation, Finding, Report

CATEGORIES: Final = "45 CFR 164.304"
CITATIONS: Final = "45 CFR Part 164 Subpart C"
WEAKNESSES: Final = "CWE"
_NAMES: Final = (CATEGORIES, CITATIONS, WEAKNESSES)


class Taxonomies:
    """The categories, citations and weaknesses of a report, and references to them.

    A reference names the taxon by its place, so it can only be made for what the report holds.
    """

    def __init__(self, report: Report) -> None:
        mapped: list[CheckInfo | Finding] = [*report.checks, *report.findings]
        cited = [citation for item in mapped for citation in item.citations]
        self._taxa: Sequence[list[dict[str, Any]]] = (
            _categories(report.categories),
            _citations(cited),
            [
                {"id": str(number), "helpUri": f"https://cwe.mitre.org/data/definitions/{number}.html"}
                for number in sorted({item.cwe for item in mapped if item.cwe is not None})
            ],
        )
        self._places = tuple({taxon["id"]: place for place, taxon in enumerate(taxa)} for taxa in self._taxa)

    def components(self) -> list[dict[str, Any]]:
        """Return the `taxonomies` of the run."""
        about = (
            ("HHS", "Terms that 45 CFR 164.304 defines"),
            ("HHS", "Paragraphs of the Security Rule that findings bear on"),
            ("MITRE", "Common Weakness Enumeration"),
        )
        return [
            {"name": name, "organization": organization, "shortDescription": {"text": text}, "taxa": taxa}
            for name, (organization, text), taxa in zip(_NAMES, about, self._taxa, strict=True)
        ]

    @staticmethod
    def supported() -> list[dict[str, Any]]:
        """Return the references of the tool to the taxonomies."""
        return [{"name": name, "index": index} for index, name in enumerate(_NAMES)]

    def relationships(self, check: CheckInfo) -> list[dict[str, Any]]:
        """Return the `relationships` of a rule."""
        return [
            {"target": target, "kinds": ["relevant"]}
            for target in self._references([check.category], check.citations, check.cwe)
        ]

    def taxa(self, finding: Finding) -> list[dict[str, Any]]:
        """Return the `taxa` of a result."""
        return self._references([finding.category, *finding.also_categories], finding.citations, finding.cwe)

    def _references(
        self, categories: Iterable[str], citations: Iterable[Citation], cwe: int | None
    ) -> list[dict[str, Any]]:
        wanted = [
            *((0, name) for name in categories),
            *((1, citation.id) for citation in citations),
            *([(2, str(cwe))] if cwe is not None else []),
        ]
        # A profile may cite a paragraph twice; SARIF wants every taxon once.
        return [
            {"id": name, "index": self._places[which][name], "toolComponent": self.supported()[which]}
            for which, name in dict.fromkeys(wanted)
            if name in self._places[which]
        ]


def _categories(categories: Iterable[CategoryInfo]) -> list[dict[str, Any]]:
    by_id: Mapping[str, CategoryInfo] = {category.id: category for category in categories}
    return [
        {"id": category.id, "name": category.title, "shortDescription": {"text": category.definition}}
        for category in by_id.values()
    ]


def _citations(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    by_id = {citation.id: citation for citation in sorted(citations, key=lambda citation: citation.id)}
    return [
        {
            "id": citation.id,
            "name": citation.title,
            "shortDescription": {"text": f"{citation.id} {citation.title}"},
            "properties": {"designation": citation.designation},
        }
        for citation in by_id.values()
    ]
