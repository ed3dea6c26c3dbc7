"""The simple commands of a shell command line, as far as a check needs them."""

from dataclasses import dataclass
from itertools import pairwise

SHELLS = frozenset({"ash", "bash", "dash", "ksh", "sh", "zsh"})
_BEFORE_COMMAND = frozenset({"sudo", "env", "exec", "then", "do", "if", "!", "{", "(", "RUN"})


@dataclass(frozen=True)
class Command:
    """Words with their quotes left out, and the operator that follows (`|`, `&&`, `||`, `;`, `&` or "")."""

    words: tuple[str, ...]
    operator: str

    @property
    def program(self) -> str:
        """Name of the program without its folder; what only introduces it (`sudo -E`, `A=b`) is passed over."""
        for word in self.words:
            if word not in _BEFORE_COMMAND and not word.startswith("-") and "=" not in word:
                return word.rpartition("/")[2]
        return ""

    @property
    def assigned(self) -> tuple[str, ...]:
        """The words `A=b` before the program, or behind `export`."""
        found: list[str] = []
        for word in self.words:
            if "=" in word and not word.startswith("-"):
                found.append(word)
            elif word not in _BEFORE_COMMAND and word != "export":
                break
        return tuple(found)

    def options_of(self, program: str) -> tuple[str, ...]:
        """Return the words after `program`, none if it is not among the words."""
        names = [word.rpartition("/")[2].lstrip("(`$") for word in self.words]
        return self.words[names.index(program) + 1 :] if program in names else ()


def commands(text: str, depth: int = 3) -> list[Command]:
    """Return the simple commands of a command line, those of `sh -c '…'` after the shell itself."""
    found: list[Command] = []
    for command in _split(text):
        found.append(command)
        options = command.options_of(command.program) if depth and command.program in SHELLS else ()
        script = next((after for word, after in pairwise(options) if _takes_script(word)), None)
        if script is not None:
            found.extend(commands(script, depth - 1))
    return found


def _takes_script(option: str) -> bool:
    return option.startswith("-") and not option.startswith("--") and option.endswith("c")


def _split(text: str) -> list[Command]:
    """Split a command line at its operators; in time linear in its length."""
    found: list[Command] = []
    words: list[str] = []
    word: list[str] = []
    quote = ""
    index = 0

    def end_word() -> None:
        if word:
            words.append("".join(word))
            word.clear()

    while index < len(text):
        char = text[index]
        step = 1
        if quote:
            quote = "" if char == quote else quote
            if quote:
                word.append(char)
        elif char in {"'", '"'}:
            quote = char
        elif char in "|&;\n":
            step = 2 if text[index : index + 2] in {"||", "&&"} else 1
            end_word()
            found.append(Command(tuple(words), text[index : index + step]))
            words.clear()
        elif char.isspace():
            end_word()
        else:
            word.append(char)
        index += step
    end_word()
    found.append(Command(tuple(words), ""))
    return [command for command in found if command.words]
