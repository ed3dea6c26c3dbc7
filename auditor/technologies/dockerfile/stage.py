"""Run through the instructions of a stage as the builder does, and keep what a container would start with.

Source: Docker manual, "Dockerfile reference": "Understand how ARG and FROM interact", "ENV", "CMD" and "ENTRYPOINT"
(setting ENTRYPOINT drops a CMD of the base), "USER", "EXPOSE", "HEALTHCHECK", "COPY --from", "ONBUILD" (triggers run
right behind the FROM of the next build, and not again in one after that).
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace

from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.model.workload import Located, Port, Variable
from auditor.patterns import lazy
from auditor.records import dataclass

from .document import DockerfileDocument, Stage, arguments_of
from .syntax import Instruction
from .words import expand, json_words, split, unquote

_REASON = "it depends on a build argument or on the base image"
_CONFIG_PATH = lazy(r"(?<![\w./-])(/[\w./-]+\.(?:conf|cnf|cfg|ini|ya?ml|properties|xml|acl|json|toml))\b")
_DRIVE = lazy(r"[A-Za-z]:(?=[\\/])")
_SHELL_FILLS = lazy(r"(?<!\\)[$`]")
_HEREDOC_PART = lazy(r"\\\$|\$(?:\w+|\{[^}]*\})")
_USER_CHANGERS = lazy(r"\b(?:gosu|su-exec|setpriv|s6-setuidgid|chpst|runuser)\b")
_EDITS = lazy(r"\bsed\b|>|\btee\b|\bmv\b|\bcp\b|\bcurl\b|\bwget\b|\benvsubst\b|\bpatch\b|\bconfd\b")


@dataclass(frozen=True)
class Copied:
    """Files copied into the image. `origin` are the layers of the stage they come from, None for the context.

    `known` is False if they come from another image or from the network. `context` is the folder of the tree that they
    and those of `origin` are copied from, None for the one that the Dockerfile at hand is built with.
    """

    sources: tuple[str, ...]
    target: str
    at: Location
    origin: "tuple[Layer, ...] | None" = None
    known: bool = True
    context: str | None = None


@dataclass(frozen=True)
class Written:
    """A file that RUN or a here-document writes; `content` is its text if that is known."""

    path: str
    at: Location
    content: Source | None = None


Layer = Copied | Written


@dataclass(frozen=True)
class Image:
    """What a stage's image starts with. `base` is the image that the stage's own chain starts from."""

    base: Located[str]
    base_text: str
    environment: dict[str, Variable] = field(default_factory=dict[str, Variable], repr=False)
    user: Located[str] | None = None
    folder: str | None = None
    """The working directory, None if the base image decides."""
    entrypoint: tuple[Located[str], ...] | None = None
    command: tuple[Located[str], ...] | None = None
    health: Located[str] | None = None
    ports: tuple[Port, ...] = ()
    layers: tuple[Layer, ...] = ()
    may_change_user: bool = False
    """Whether it holds a tool (gosu, su-exec …) by which an entrypoint gives up root before it starts the program."""
    triggers: tuple[tuple[DockerfileDocument, Instruction], ...] = ()
    """What ONBUILD leaves for a build that starts from it, with the Dockerfile it stands in."""

    def built_in(self, context: str) -> "Image":
        """Return the image as others start from it, its files copied from `context`."""
        return replace(self, layers=_placed(self.layers, context))


def _placed(layers: tuple[Layer, ...], context: str) -> tuple[Layer, ...]:
    return tuple(
        replace(layer, context=context) if isinstance(layer, Copied) and layer.context is None else layer
        for layer in layers
    )


def _no_image(_name: str) -> Image | None:
    return None


def evaluate(
    document: DockerfileDocument,
    target: str | None,
    given: Mapping[str, Variable],
    built: Callable[[str], Image | None] = _no_image,
) -> Image:
    """Return the image of the stage `target` (a name or number; None or one that is not there: the last stage).

    Args:
        document: the Dockerfile.
        target: the stage.
        given: build arguments of whoever builds it.
        built: gives the images that are built from other Dockerfiles of the tree, by name.
    """
    index = len(document.stages) - 1
    if target is not None:
        names = [stage.name for stage in document.stages]
        if target.lower() in names:
            index = names.index(target.lower())
        elif (number := whole_number(target)) is not None and number <= index:
            index = number
    return _Builder(document, given, built).image(index)


class _Builder:
    def __init__(
        self, document: DockerfileDocument, given: Mapping[str, Variable], built: Callable[[str], Image | None]
    ) -> None:
        self.document = document
        self.given = given
        self.built = built
        self.globals: dict[str, str] = {}
        for instruction in document.arguments:
            for pair in document.pairs(instruction):
                self.globals[pair.name] = self.argument(pair.name, pair.raw, self.globals)
        self.done: list[Image] = []

    def argument(self, name: str, raw: str | None, known: Mapping[str, str]) -> str:
        """Return the value of a build argument (HOLE if it has none)."""
        given = self.given.get(name)
        if given is not None:
            return HOLE if isinstance(given.value, Unknown) else given.value
        return HOLE if raw is None else expand(raw, known.get, self.document.escape)

    def image(self, index: int) -> Image:
        """Return the image of a stage. Those above it, which it may start from, come first: no chain of them nests."""
        for number in range(len(self.done), index + 1):
            self.done.append(self.made(number))
        return self.done[index]

    def made(self, index: int) -> Image:
        stage = self.document.stages[index]
        base = self.start(stage, index)
        run = _Run(self, stage, index, replace(base, triggers=()) if base.triggers else base)
        for document, instruction in base.triggers:
            run.document = document
            run.take(instruction)
        run.document = self.document
        for instruction in stage.instructions:
            run.take(instruction)
        return run.image

    def start(self, stage: Stage, index: int) -> Image:
        base = expand(stage.base, self.globals.get, self.document.escape)
        earlier = self.stage_index(base, index)
        if earlier is not None:
            return self.image(earlier)
        found = self.built(base) if HOLE not in base else None
        if found is not None:
            return found
        return Image(base=Located(value=settle(base, _REASON), at=stage.base_at), base_text=base)

    def stage_index(self, name: str, before: int) -> int | None:
        """Return the latest stage before `before` that has the name."""
        names = [stage.name for stage in self.document.stages[:before]]
        return len(names) - 1 - names[::-1].index(name.lower()) if name.lower() in names and name else None


class _Run:
    def __init__(self, builder: _Builder, stage: Stage, index: int, image: Image) -> None:
        self.builder = builder
        self.document = builder.document
        self.index = index
        self.image = image
        self.arguments: dict[str, str] = {}
        self.shell: tuple[str, ...] = ("/bin/sh", "-c")
        self.own_command = False
        del stage

    def lookup(self, name: str) -> str | None:
        variable = self.image.environment.get(name)
        if variable is not None:
            return HOLE if isinstance(variable.value, Unknown) else variable.value
        return self.arguments.get(name)

    def expand(self, raw: str) -> str:
        return expand(raw, self.lookup, self.document.escape)

    def located(self, raw: str, instruction: Instruction, start: int = 0, end: int | None = None) -> Located[str]:
        at = instruction.at(self.document.source, start, end)
        return Located(value=settle(self.expand(raw), _REASON), at=at)

    def take(self, instruction: Instruction) -> None:
        """Apply one instruction; those that change nothing of a container's start are passed over."""
        method = _METHODS.get(instruction.keyword)
        if method is not None and (instruction.text or instruction.keyword in {"CMD", "ENTRYPOINT"}):
            method(self, instruction)

    def onbuild(self, instruction: Instruction) -> None:
        trigger = instruction.trigger()
        if trigger is not None:
            self.image = replace(self.image, triggers=(*self.image.triggers, (self.document, trigger)))

    def arg(self, instruction: Instruction) -> None:
        for pair in self.document.pairs(instruction):
            if pair.raw is None and pair.name in self.builder.globals:
                self.arguments[pair.name] = self.builder.globals[pair.name]
            else:
                known = {name: self.lookup(name) or "" for name in (*self.arguments, *self.image.environment)}
                self.arguments[pair.name] = self.builder.argument(pair.name, pair.raw, known)

    def env(self, instruction: Instruction) -> None:
        found = dict(self.image.environment)
        for pair in self.document.pairs(instruction):
            value = settle(self.expand(pair.raw or ""), _REASON)
            found[pair.name] = Variable(name=pair.name, value=value, at=pair.at)
        self.image = replace(self.image, environment=found)

    def user(self, instruction: Instruction) -> None:
        self.image = replace(self.image, user=self.located(instruction.text, instruction))

    def workdir(self, instruction: Instruction) -> None:
        path = _without_drive(self.expand(instruction.text))
        if path.startswith("/"):
            folder: str | None = posixpath.normpath(path)
        else:
            folder = posixpath.normpath(posixpath.join(self.image.folder, path)) if self.image.folder else None
        self.image = replace(self.image, folder=folder if folder is None or HOLE not in folder else None)

    def set_shell(self, instruction: Instruction) -> None:
        words = json_words(instruction.text)
        if words:
            self.shell = tuple(word for word, _, _ in words)

    def words(self, instruction: Instruction) -> tuple[Located[str], ...]:
        """Return the exec form's words, or the shell that runs the shell form (which keeps its variables)."""
        if _USER_CHANGERS.search(instruction.text):
            self.image = replace(self.image, may_change_user=True)
        found = json_words(instruction.text)
        if found is not None:
            source = self.document.source
            return tuple(Located(value=word, at=instruction.at(source, start, end)) for word, start, end in found)
        if not instruction.text:
            return ()
        at = instruction.at(self.document.source)
        return tuple(Located(value=word, at=at) for word in (*self.shell, instruction.text))

    def cmd(self, instruction: Instruction) -> None:
        self.own_command = True
        words = self.words(instruction)
        self.image = replace(self.image, command=words)

    def entrypoint(self, instruction: Instruction) -> None:
        words = self.words(instruction)
        command = self.image.command if self.own_command else None
        self.image = replace(self.image, entrypoint=words, command=command)

    def healthcheck(self, instruction: Instruction) -> None:
        kind = "none" if instruction.text.strip().upper() == "NONE" else "command"
        self.image = replace(self.image, health=Located(value=kind, at=instruction.at(self.document.source)))

    def expose(self, instruction: Instruction) -> None:
        found: list[Port] = []
        for word in split(instruction.text, self.document.escape):
            at = instruction.at(self.document.source, word.start, word.end)
            number, _, protocol = self.expand(word.raw).partition("/")
            container = int(number) if re.fullmatch(r"\d{1,5}", number) else Unknown("the port is not a number")
            found.append(Port(container=container, at=at, protocol=protocol.lower() or "tcp", via="EXPOSE"))
        self.image = replace(self.image, ports=(*self.image.ports, *found))

    def add_layers(self, *layers: Layer) -> None:
        self.image = replace(self.image, layers=(*self.image.layers, *layers))

    def run(self, instruction: Instruction) -> None:
        at = instruction.at(self.document.source)
        for source, path in self.document.written_files(instruction):
            self.add_layers(Written(path, at, self._content(instruction, source)))
            return
        text = "".join((instruction.text, *(heredoc.text for heredoc in instruction.heredocs)))
        if _USER_CHANGERS.search(text):
            self.image = replace(self.image, may_change_user=True)
        if _EDITS.search(text):
            self.add_layers(*(Written(path, at) for path in sorted(set(_CONFIG_PATH.findall(text)))))

    def _content(self, instruction: Instruction, source: Source) -> Source | None:
        if not instruction.heredocs[0].expanded or "$" not in source.text:
            return source
        if instruction.keyword == "RUN" and _SHELL_FILLS.search(source.text):
            return None
        return replace(source, text=_HEREDOC_PART.sub(lambda part: self.expand(part[0]), source.text))

    def copy(self, instruction: Instruction) -> None:
        words = arguments_of(instruction, self.document.escape)
        texts = [self.expand(word) for word, _, _ in words]
        at = instruction.at(self.document.source)
        target = self.path(texts[-1]) if texts else None
        if target is None or HOLE in target:
            return
        written = self.document.written_files(instruction)
        if instruction.heredocs:
            for source, _ in written:
                self.add_layers(Written(target, at, self._content(instruction, source)))
            return
        flag = re.match(r"(?:--\S+[ \t]+)*--from=(\S+)", instruction.text)
        if flag is None:
            known = not any(HOLE in text or "://" in text for text in texts)
            self.add_layers(Copied(tuple(texts[:-1]), target, at, known=known))
            return
        name = self.expand(unquote(flag[1], self.document.escape))
        index = self.builder.stage_index(name, self.index)
        if index is None and (number := whole_number(name)) is not None and number < self.index:
            index = number
        origin = self.builder.image(index).layers if index is not None else None
        self.add_layers(Copied(tuple(texts[:-1]), target, at, origin=origin, known=origin is not None))

    def path(self, written: str) -> str | None:
        """Return a path of the image as an absolute one, its final slash kept; None if the base image decides."""
        written = _without_drive(written)
        if not written.startswith("/") and self.image.folder is None:
            return None
        path = posixpath.normpath(posixpath.join(self.image.folder or "/", written))
        is_folder = written.endswith(("/", "/.", "/..")) or written in {".", ".."}
        return path.rstrip("/") + "/" if is_folder else path


def _without_drive(path: str) -> str:
    """Return an absolute path of a Windows image, which names a drive, as that of other images is written."""
    return path[2:].replace("\\", "/") if _DRIVE.match(path) else path


_METHODS = {
    "ARG": _Run.arg,
    "ENV": _Run.env,
    "USER": _Run.user,
    "WORKDIR": _Run.workdir,
    "SHELL": _Run.set_shell,
    "CMD": _Run.cmd,
    "ENTRYPOINT": _Run.entrypoint,
    "HEALTHCHECK": _Run.healthcheck,
    "EXPOSE": _Run.expose,
    "RUN": _Run.run,
    "COPY": _Run.copy,
    "ADD": _Run.copy,
    "ONBUILD": _Run.onbuild,
}
