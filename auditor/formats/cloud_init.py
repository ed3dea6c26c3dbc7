"""Files that cloud-init writes: `write_files` of a text that begins with `#cloud-config`.

Source: cloud-init 24 manual, module "Write Files": `path`, `content`, `encoding` (text/plain unless written).
"""

from collections.abc import Iterator

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
