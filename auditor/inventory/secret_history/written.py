"""The text of a secret as its file writes it; it stays within the walk through the history."""

import base64
import binascii

from auditor.inventory.files import Files
from auditor.model.credential import Credential
from auditor.model.secret import seal


def lines_of(secret: Credential, files: Files) -> str:
    r"""Return the whole lines that hold the key and value of a secret between `\n`, "" if its key is not on them.

    A version that has the same lines holds the same secret, however the lines around them were changed.
    """
    lines = _lines(secret, files)
    text = "\n".join(lines)
    return f"\n{text}\n" if lines and (secret.container == "text" or secret.key in text) else ""


def forms_of(secret: Credential, files: Files) -> frozenset[bytes]:
    """Return the texts of which one is wherever the value is written: as it is, and in base64.

    Of a value over several lines, such as a PEM key, the longest line stands for it.
    """
    lines = _lines(secret, files)
    if not lines:
        return frozenset()
    if len(lines) > 1:
        longest = max((line.strip() for line in lines), key=len)
        return frozenset({longest.encode()})
    at = secret.at
    written = lines[0][at.column - 1 : at.end_column or None].strip().strip("\"'")
    forms = {written}
    for plain in (written, _decoded(written)):
        if seal(plain.strip()) == secret.secret:
            forms |= {plain, base64.b64encode(plain.encode()).decode()}
    return frozenset(form.encode() for form in forms if form)


def _lines(secret: Credential, files: Files) -> list[str]:
    source = files.source(secret.at.path)
    if source is None:
        return []
    return source.text.split("\n")[secret.at.line - 1 : max(secret.at.end_line, secret.at.line)]


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
