"""One walk over a tree: which file is which technology's, and each recognised file read and parsed once."""

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from functools import partial

from auditor.credentials.inscriptions import MAX_CHARACTERS, Inscription, inscriptions_in
from auditor.formats.errors import FormatError
from auditor.model.fact import Problem
from auditor.model.report import FileStatus
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.sources.tree import Entry, ReadError, Tree
from auditor.technologies.document import Document
from auditor.technologies.recognition import STRONGEST, Recognition, Registered
from auditor.technologies.registry import technologies

MAX_BYTES = 5 * 1024 * 1024
"""Largest file parsed. Real server configurations stay below 1 MiB; generated manifests reach 3 MiB."""
HEAD = 16 * 1024
"""How much text recognition looks at, in characters."""

_BINARY = frozenset(
    (
        "7z a apk avi bin bmp bz2 class db dcm deb dll doc docx dylib eot exe flac gif gz ico iso jar jpeg jpg m4a mkv "
        "mo mov mp3 mp4 o odt ogg otf parquet pdf png ppt pptx psd pyc pyo rar rlib rpm so sqlite tar tgz tif tiff ttf "
        "war wasm wav webm webp whl woff woff2 xcf xls xlsx xz zip zst"
    ).split()
)
"""File name endings of what is no text; these files are not read at all."""
_NOT_CONFIGURATION = frozenset(
    (
        "c cc cpp cs css csv dart go h hpp htm html ipynb java kt less lock lua map md mdx php po proto r rb rs rst "
        "scala scss sql svg swift txt vue"
    ).split()
)
"""File name endings that no recogniser wants: these files are only searched for keys and tokens."""
_STILL_CONFIGURATION = "userlist"
"""What a name of such an ending starts with that a recogniser wants all the same: PgBouncer's userlist.txt."""
_CONFIGURING_RUBY = ("config/environments/", "config/initializers/", "config/application.rb")
"""Folders of Rails whose Ruby files a recogniser wants."""
_CODE = frozenset("cjs cts js jsx mjs mts py ts tsx".split())
"""Endings of source code that is read. Large files of these are made by programs, and only searched as well."""
_CONFIGURATION = frozenset("cnf conf env tf tfvars yaml yml".split())
"""Endings that promise a configuration in text, so that a binary file of that name is reported, not passed over."""


_LOCK_FILES = frozenset(
    "cargo.lock composer.lock flake.lock gemfile.lock go.sum package-lock.json npm-shrinkwrap.json pipfile.lock "
    "pnpm-lock.yaml poetry.lock uv.lock yarn.lock".split()
)
"""What package managers write: megabytes of names and digests, which are not even searched."""


@dataclass(frozen=True)
class Examined:
    """One file of the tree and what became of it.

    `documents` holds embedded ones after the file's own; `problems` are theirs.
    """

    entry: Entry
    technology: str | None = None
    recognition: Recognition | None = None
    documents: tuple[tuple[str, Document], ...] = field(default=(), repr=False)
    status: FileStatus = "skipped"
    reason: str = ""
    line: int | None = None
    """Where reading failed."""
    sha256: str | None = None
    problems: tuple[Problem, ...] = ()
    text: Source | None = field(default=None, repr=False)
    """The text of a file in which `inscriptions` were found."""
    inscriptions: tuple[Inscription, ...] = ()
    """Keys and tokens in the text, whatever the file is."""

    def without_documents(self) -> "Examined":
        """Return the same without the parsed documents, which make up most of a scan's memory."""
        return replace(self, documents=(), text=None) if self.documents or self.text else self


def examine(tree: Tree, jobs: int = 1) -> Iterator[Examined]:
    """Yield every file of the tree in path order, read and parsed where it is recognised.

    `jobs` threads share the files: they wait for slow disks together, and parse at once on a free-threaded Python.
    (Processes were measured and gained nothing: taking over a parsed tree costs two thirds of parsing it.)
    """
    if jobs <= 1:
        for entry in tree.entries():
            yield examine_file(tree, entry)
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # start-up time

    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(partial(examine_file, tree), tree.entries())


def examine_file(tree: Tree, entry: Entry) -> Examined:
    """Recognise, read and parse one file."""
    if entry.unreadable:
        return Examined(entry, status="unreadable", reason=entry.unreadable)
    if entry.skipped:
        return Examined(entry, reason=entry.skipped)
    name = entry.path.rpartition("/")[2].lower()
    stem, dot, ending = name.rpartition(".")
    if (dot and stem and ending in _BINARY) or name in _LOCK_FILES:
        return Examined(entry, reason="not a configuration file by its name")
    is_other = ending in _NOT_CONFIGURATION and not name.startswith(_STILL_CONFIGURATION)
    if ending == "rb" and any(folder in entry.path for folder in _CONFIGURING_RUBY):
        is_other = False
    if dot and stem and (is_other or (ending in _CODE and entry.size > MAX_CHARACTERS)):
        return _search(tree, entry)
    too_large = entry.size > MAX_BYTES
    try:
        data = tree.read(entry.path, 4 * HEAD if too_large else MAX_BYTES + 1)
    except ReadError as error:
        recognised = recognise(entry.path, "")
        if recognised is None:
            return Examined(entry, status="unreadable", reason=str(error))
        return Examined(entry, recognised[0].id, recognised[1], status="unreadable", reason=str(error))
    text, encoding_problem = decode(data)
    recognised = recognise(entry.path, text[:HEAD])
    if recognised is None and encoding_problem and ending in _CONFIGURATION:
        return Examined(entry, status="unreadable", reason=encoding_problem)
    if recognised is None:
        unknown = Examined(entry, reason="not a configuration this program knows")
        return _with_inscriptions(unknown, text) if not encoding_problem else unknown
    technology, recognition = recognised
    if encoding_problem and not recognition.is_binary:
        return Examined(entry, technology.id, recognition, status="unreadable", reason=encoding_problem)
    if too_large:
        reason = f"larger than {MAX_BYTES // 1024 // 1024} MiB"
        return Examined(entry, technology.id, recognition, status="unreadable", reason=reason)
    digest = hashlib.sha256(data).hexdigest()
    return _with_inscriptions(_parse(entry, technology, recognition, text, digest), text)


def _search(tree: Tree, entry: Entry) -> Examined:
    """Look for keys and tokens in a text that is no configuration."""
    skipped = Examined(entry, reason="not a configuration file by its name")
    if entry.size > MAX_CHARACTERS:
        return skipped
    try:
        text, problem = decode(tree.read(entry.path, MAX_CHARACTERS))
    except ReadError as error:
        return Examined(entry, status="unreadable", reason=str(error))
    return skipped if problem else _with_inscriptions(skipped, text)


def _with_inscriptions(examined: Examined, text: str) -> Examined:
    found = inscriptions_in(text)
    if not found:
        return examined
    return replace(examined, inscriptions=found, text=Source(path=examined.entry.path, text=text))


def _parse(entry: Entry, technology: Registered, recognition: Recognition, text: str, digest: str) -> Examined:
    try:
        document = technology.parse(Source(path=entry.path, text=text))
    except FormatError as error:
        return Examined(
            entry,
            technology.id,
            recognition,
            status="unreadable",
            reason=error.expected,
            line=error.at.line,
            sha256=digest,
        )
    except Exception as error:  # noqa: BLE001  # a parser's own fault is reported for this file; the scan goes on
        reason = f"this program failed to read it ({type(error).__name__})"
        return Examined(entry, technology.id, recognition, status="unreadable", reason=reason, sha256=digest)
    documents = [(technology.id, document), *_embedded(document)]
    partial = next((d.partial for _, d in documents if d.partial), "")
    if not partial and any(d.problems for _, d in documents):
        partial = "lines that its server would refuse or that could not be read"
    return Examined(
        entry,
        technology.id,
        recognition,
        tuple(documents),
        status="partial" if partial else "parsed",
        reason=partial,
        sha256=digest,
        problems=tuple(problem for _, document in documents for problem in document.problems),
    )


def _embedded(document: Document) -> Iterable[tuple[str, Document]]:
    """Parse configuration text inside `document`; text that does not parse stays plain text of the outer file."""
    for source in document.embedded():
        recognised = recognise(source.file_name, source.text[:HEAD])
        if recognised is None:
            continue
        try:
            yield recognised[0].id, recognised[0].parse(source)
        except FormatError:
            continue


def recognise(path: str, head: str) -> tuple[Registered, Recognition] | None:
    """Return the technology with the strongest claim to the file, the first registered on a tie."""
    name = path.rpartition("/")[2].lower()
    best: tuple[Registered, Recognition] | None = None
    for technology in technologies():
        claim = technology.recognise(name, path, head)
        if claim is not None and (best is None or claim.strength > best[1].strength):
            best = (technology, claim)
            if claim.strength == STRONGEST:
                break
    return best


def decode(data: bytes) -> tuple[str, str]:
    r"""Decode a file's bytes: UTF-8 with or without BOM, UTF-16 with BOM, else Latin-1.

    Returns:
        The text with `\n` line ends, and why it is no text ("" if it is).
    """
    text: str | None = None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            return "", "expected text; the UTF-16 is broken"
    elif b"\0" in data:
        return "", "expected text; this is a binary file"
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n"), ""
