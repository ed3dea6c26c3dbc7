"""Files that cloud-init writes: `write_files` and `mounts` of a text that begins with `#cloud-config`.

Source: cloud-init 24 manual, module "Write Files": `path`, `content`, `encoding` (text/plain unless written); module
"Mounts": rows of fstab's fields, those left out filled from `mount_default_fields`.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Scalar, Sequence
from auditor.model.source import Source

MARK = "#cloud-config"
_PLAIN = frozenset({"", "text/plain", "text"})


def is_cloud_config(text: str) -> bool:
    """Tell whether a text is cloud-init's, by its first line."""
    return text.lstrip("\ufeff").startswith(MARK)


def written_files(source: Source) -> Iterator[Source]:
    """Yield the files whose text stands in the configuration, each under the name that it gets."""
    try:
        roots = list(yaml.parse(source))
    except FormatError:
        return
    for root in roots:
        listed = root.get("write_files") if isinstance(root, Mapping) else None
        for item in listed.mappings() if isinstance(listed, Sequence) else ():
            content = item.scalar("content")
            name = (item.text("path") or "").rpartition("/")[2]
            if isinstance(content, Scalar) and name and (item.text("encoding") or "") in _PLAIN:
                yield yaml.embedded(content, name)


_DEFAULT_FIELDS = ("", "", "auto", "defaults,nofail,x-systemd.after=cloud-init.service,_netdev", "0", "2")


def mounted(source: Source) -> Iterator[Source]:
    """Yield each row of `mounts` as a line of fstab; a row without a folder takes one away."""
    try:
        roots = list(yaml.parse(source))
    except FormatError:
        return
    for root in roots:
        listed = root.get("mounts") if isinstance(root, Mapping) else None
        for row in listed if isinstance(listed, Sequence) else ():
            fields = list(row.scalars()) if isinstance(row, Sequence) else []
            texts = ["" if field.is_null else re.sub(r"\s", r"\\040", field.text) for field in fields[:6]]
            texts = [text or default for text, default in zip_longest(texts, _DEFAULT_FIELDS, fillvalue="")]
            if texts[0] and texts[1] and len(texts) == len(_DEFAULT_FIELDS):
                at = row.at
                line = " ".join(texts)
                yield Source(path=at.path, text=line, line=at.line, column=at.column, exact=False, name="fstab")
