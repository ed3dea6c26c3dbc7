"""Texts of the HTML report: everything that a template prints goes through here and comes out harmless."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import jinja2
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from auditor.patterns import lazy

from . import view
from .html_groups import secret_graph
from .plain import visible

_BARE_URL: Final = lazy(r"(?<![<(\[\w])https?://[^\s<>]*[^\s<>.,;:)\]]")
_WEB_ADDRESS: Final = lazy(r"https?://[^\s/]", re.I)


@cache
def environment(templates: Path) -> jinja2.Environment:
    """Return the environment of a folder of templates, in which every string is escaped and made visible."""
    created = jinja2.Environment(
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
        "secret_graph": secret_graph,
        "anchor": anchor,
        "fragment": fragment,
        "filtered": filtered,
        "plural": view.plural,
        "moment": moment,
        "day": day,
        "size": size,
        "words": words,
    }
    created.filters.update(filters)
    return created


def own(text: str) -> Markup:
    """Mark text of our own files, or of the Markdown renderer, as needing no escapes."""
    return Markup(text)  # noqa: S704  # our own files, or escaped by the Markdown renderer


def csp_hash(text: str) -> str:
    """Return the source expression of Content Security Policy Level 3, §2.3.1, for an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def anchor(text: str) -> str:
    """Return `text` as an element's id: a fingerprint is its own id unless it holds blanks or invisible signs."""
    return "_".join(visible(text).split())


def fragment(text: str) -> str:
    """Return the link within the page to the element whose id `anchor` makes of `text`."""
    return "#" + quote(anchor(text), safe="-._~:()")


def filtered(filters: Mapping[str, str]) -> str:
    """Return the link within the page that shows the findings that fit, for example `{"severity": "high"}`."""
    return "#findings?" + "&".join(f"{name}={quote(visible(value), safe='')}" for name, value in filters.items())


def moment(text: str) -> str:
    """Return an ISO 8601 time as `21 November 2026, 09:30 UTC`, or as it is if it is no time."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return text
    if value.tzinfo is not None:
        value = value.astimezone(UTC)
    return f"{value.day} {value:%B %Y, %H:%M} UTC"


def day(text: str) -> str:
    """Return the date of an ISO 8601 time or date as `2026-11-21`, or as it is if it is neither."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return text
    if value.tzinfo is not None:
        value = value.astimezone(UTC)
    return f"{value:%Y-%m-%d}"


def size(count: int) -> str:
    """Return a number of bytes in a unit that reads well."""
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:,.1f} KiB" if count < 1024**2 else f"{count / 1024**2:,.1f} MiB"


def words(name: str) -> str:
    """Return a hyphenated name as words, for example `plaintext-secret` as `Plaintext secret`."""
    return name.replace("-", " ").capitalize()


def _finalize(value: object) -> object:
    """Make every string that a template prints harmless; markup is our own or made so already."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


class _Renderer(RendererHTML):
    """Markdown to HTML in which a link tells the other site nothing and wide code can be scrolled by keyboard."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        tokens[idx].attrSet("rel", "noopener noreferrer")
        # A printed link needs its address, unless the address is what it says.
        if tokens[idx + 1].content != tokens[idx].attrGet("href"):
            tokens[idx].attrSet("class", "named")
        return self.renderToken(tokens, idx, options, env)

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: ARG002  # the parser's signature
        # After the language stands the name of the file that the code belongs in.
        name = tokens[idx].info.strip().partition(" ")[2]
        label = Markup('<p class="file">{}</p>\n').format(name) if name else ""
        return f'{label}<pre tabindex="0"><code>{Markup.escape(tokens[idx].content)}</code></pre>\n'


class _Parser(MarkdownIt):
    """Markdown in which only addresses on the web become links."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # the name in the base class
        return _WEB_ADDRESS.match(url) is not None


class _Markdown:
    """Renders Markdown with raw HTML shown as text and without images."""

    def __init__(self) -> None:
        self._parser = _Parser("commonmark", {"html": False}, renderer_cls=_Renderer).disable("image")

    def __call__(self, text: str) -> Markup:
        return own(self._parser.render(visible(text)))

    def line(self, text: str) -> Markup:
        """Render one line in which bare addresses become links."""
        return own(self._parser.renderInline(_BARE_URL.sub(r"<\g<0>>", visible(text))))
