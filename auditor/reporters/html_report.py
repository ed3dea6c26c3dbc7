"""The report as one HTML file that needs nothing else: no network, no script to read it, no second file."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import jinja2
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from auditor.model.report import Report

from . import html_view, json_report, view
from .plain import visible

TEMPLATE: Final = "report.html.j2"
_BARE_URL: Final = re.compile(r"(?<![<(\[\w])https?://[^\s<>]*[^\s<>.,;:)\]]")


def render(report: Report, templates: Path) -> str:
    """Return the report as a self-contained HTML file.

    `templates` is the folder with `report.html.j2` and the parts, style and script it names.

    Raises:
        jinja2.TemplateNotFound: a file is missing in `templates`.
        OSError: the style or script cannot be read.
    """
    style = (templates / "report.css").read_text("utf-8")
    script = (templates / "report.js").read_text("utf-8")
    sections = html_view.sections(report)
    return (
        _environment(templates)
        .get_template(TEMPLATE)
        .render(
            report=report,
            result_digest=json_report.digest(report),
            limits=view.LIMITS,
            style=_inline(style),
            script=_inline(script),
            style_hash=_csp_hash(style),
            script_hash=_csp_hash(script),
            titles={category.id: category.title for category in report.categories},
            severities=view.SEVERITIES,
            diagnostic_kinds=view.DIAGNOSTIC_KINDS,
            severity_bars=html_view.severity_bars(report),
            category_bars=html_view.category_bars(sections),
            coverage_bar=html_view.coverage_bar(report),
            sections=[section for section in sections if section.count],
            empty_sections=[section for section in sections if not section.count],
            open_count=sum(section.count for section in sections),
            priorities=html_view.priorities(report),
            files=html_view.listed_files(report),
            skipped=html_view.skipped_files(report),
            judged=html_view.judged(report),
            unevaluated=view.not_evaluated(report.results),
            set_aside=view.set_aside(report),
        )
    )


def _environment(templates: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
    )
    markdown = _Markdown()
    filters: Mapping[str, Any] = {
        "markdown": markdown,
        "linked": markdown.line,
        "anchor": html_view.anchor,
        "plural": view.plural,
        "moment": _moment,
        "size": _size,
    }
    environment.filters.update(filters)
    return environment


def _finalize(value: object) -> object:
    """Make every string that a template prints harmless; markup is our own or made so already."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


class _Renderer(RendererHTML):
    """Markdown to HTML in which a link tells the other site nothing and wide code can be scrolled by keyboard."""

    def link_open(self, tokens: list[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrSet("rel", "noopener noreferrer")
        return self.renderToken(tokens, idx, options, env)

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002  # the parser's signature
        # After the language stands the name of the file that the code belongs in.
        name = tokens[idx].info.strip().partition(" ")[2]
        label = Markup('<p class="file">{}</p>\n').format(name) if name else ""
        return f'{label}<pre tabindex="0"><code>{Markup.escape(tokens[idx].content)}</code></pre>\n'


class _Markdown:
    """Renders Markdown with raw HTML shown as text, without images and without active link targets."""

    def __init__(self) -> None:
        self._parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).disable("image")

    def __call__(self, text: str) -> Markup:
        return _inline(self._parser.render(visible(text)))

    def line(self, text: str) -> Markup:
        """Render one line in which bare addresses become links."""
        return _inline(self._parser.renderInline(_BARE_URL.sub(r"<\g<0>>", visible(text))))


def _inline(text: str) -> Markup:
    return Markup(text)  # noqa: S704  # our own files, or escaped by the Markdown renderer


def _csp_hash(text: str) -> str:
    """Return the source expression of Content Security Policy Level 3, §2.3.1, for an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _moment(text: str) -> str:
    """Return an ISO 8601 time as `21 November 2026, 09:30 UTC`, or as it is if it is no time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def _size(count: int) -> str:
    """Return a number of bytes in a unit that reads well."""
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:,.1f} KiB" if count < 1024**2 else f"{count / 1024**2:,.1f} MiB"
