"""Conditions that the server decides while it reads: IfModule, IfDefine and IfVersion."""

from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown

Version = tuple[int, ...]
OLDEST: Version = (2, 4, 0)
"""The oldest series that is judged; 2.2 ended in 2017."""


def module_name(word: str) -> str:
    """Return a module without what surrounds its name: `ssl` for `ssl_module` and `mod_ssl.c`."""
    name = word.lower().removesuffix(".c").removeprefix("mod_").removesuffix("_module")
    return f"mpm_{name}" if name in {"prefork", "worker", "event"} else name


def compare_version(words: tuple[str, ...], version: Version | None) -> bool | Unknown:
    """Decide `<IfVersion [operator] number>` (mod_version of 2.4); a version that is not known is 2.4.something."""
    operator, number = ("=", words[0]) if len(words) == 1 else (words[0], words[1]) if len(words) == 2 else ("", "")
    negate, operator = operator.startswith("!"), operator.removeprefix("!") or "="
    parts = number.split(".")
    if not all(is_whole_number(part) for part in parts) or operator not in {"=", "==", ">", ">=", "<", "<="}:
        return Unknown("how the version is compared is not known here")
    wanted = tuple(int(part) for part in parts)
    decided: bool | None
    if version is not None:
        padded = (*wanted, *[0] * (3 - len(wanted)))
        decided = _holds(operator, (*version, *[0] * (3 - len(version))), padded)
    elif wanted[:2] == OLDEST[:2] and len(wanted) > 2 and wanted[2] > 0:
        decided = None
    elif wanted[:2] == OLDEST[:2]:
        decided = None if operator in {"=", "==", ">", "<="} else _holds(operator, OLDEST, (*wanted, 0)[:3])
    else:
        decided = _holds(operator, OLDEST, wanted)
    if decided is None:
        return Unknown("the version of the server is not known")
    return decided != negate


def _holds(operator: str, version: Version, wanted: Version) -> bool:
    return {
        "=": version == wanted,
        "==": version == wanted,
        ">": version > wanted,
        ">=": version >= wanted,
        "<": version < wanted,
        "<=": version <= wanted,
    }[operator]
