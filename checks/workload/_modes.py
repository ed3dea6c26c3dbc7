"""What chmod gives files in a build."""

from collections.abc import Iterator

from auditor.api import ImageBuild, Located, known, lazy

from ._shell import commands

_NUMBER = lazy(r"0*[0-7]{3,4}")
_SYMBOLIC = lazy(r"([ugoa]*)([+=])([rwxXst]+)")


def modes(build: ImageBuild) -> Iterator[tuple[str, str, Located[str]]]:
    """Yield path, mode and place of the last mode that chmod gives each path; `--chmod` names no path."""
    last: dict[str, tuple[str, Located[str]]] = {}
    for line in build.kept_commands:
        for command in commands(known(line.value)):
            mode, *paths = [word for word in command.options_of("chmod") if not word.startswith("-")] or [""]
            for path in paths:
                last[path] = (mode, line)
    for path, (mode, line) in last.items():
        yield path, mode, line
    for given in build.modes:
        if isinstance(given.value, str):
            yield "what is copied", given.value, given


def lets_everybody_write(mode: str) -> bool:
    """Tell whether a mode lets every user write, without the sticky bit that keeps others' files safe."""
    if _NUMBER.fullmatch(mode):
        number = int(mode, 8)
        return bool(number & 0o002) and not number & 0o1000
    given = [match for part in mode.split(",") if (match := _SYMBOLIC.fullmatch(part))]
    writable = any("w" in match[3] and {"o", "a"} & set(match[1]) for match in given)
    return writable and not any("t" in match[3] for match in given)


def sets_owner(mode: str) -> bool:
    """Tell whether a mode makes programs run as their owner (setuid)."""
    if _NUMBER.fullmatch(mode):
        return bool(int(mode, 8) & 0o4000)
    return any(
        "s" in match[3] and (not match[1] or {"u", "a"} & set(match[1]))
        for part in mode.split(",")
        if (match := _SYMBOLIC.fullmatch(part))
    )
