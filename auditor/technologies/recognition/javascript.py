"""Tell JavaScript and TypeScript that sign, encrypt, name secrets or configure Express from all others."""

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_ENDINGS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
_WORDS = (
    "jwt", "Jwt", "JWT", "jose", "createHmac", "createCipher", "createSign", "SECRET", "secret", "Secret", "PASSWORD",
    "password", "Password", "API_KEY", "apiKey", "csrf", "CSRF", "-session", "trust proxy",
    "'cors'", '"cors"', "serve-index", "Access-Control-Allow-Origin", "enableCors",
)  # fmt: skip
_GENERATED = lazy(r"(^|/)(node_modules|bower_components|jspm_packages|vendor|dist|third[_-]party)/")
_BUNDLE = lazy(r"[.-](min|bundle|chunk|umd|esm|d)\.[cm]?[jt]sx?$")
_MAX_LINE = 2000
"""People do not write longer lines of code; programs that make bundles do, in characters."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is worth reading, None if people did not write it or it has nothing to do with secrets."""
    if not name.endswith(_ENDINGS) or not any(word in head for word in _WORDS):
        return None
    if _BUNDLE.search(name) or _GENERATED.search(path) or any(len(line) > _MAX_LINE for line in head.split("\n")):
        return None
    return Recognition("JavaScript or TypeScript code that names secrets", 2)


TECHNOLOGY = Registered(
    "javascript",
    "JavaScript",
    "auditor.technologies.javascript:JAVASCRIPT",
    recognise,
    is_platform=True,
    files="*.js, *.ts and their variants that name secrets or configure Express",
    versions="ECMAScript, TypeScript; Express 4 and 5",
    compared_with="Express 5.3, express-session 1.19, cookie-session 2.1 and cors 2.8 from npm",
)
