"""How a Dockerfile builds its image, stage by stage."""

import re
from collections.abc import Iterable, Iterator

from auditor.model.image import ImageBuild
from auditor.model.unknown import HOLE, settle
from auditor.model.workload import Located
from auditor.patterns import lazy

from .document import DockerfileDocument, Stage, arguments_of
from .syntax import Instruction
from .words import expand, unquote

_URL = lazy(r"(?:https?|ftp)://", re.I)
_REASON = "it depends on a build argument"


def build_of(document: DockerfileDocument) -> ImageBuild:
    """Return the build as a fact; build arguments have their defaults."""
    downloads = list(_downloads(document))
    return ImageBuild(
        component=document.source.key,
        technology="dockerfile",
        at=document.stages[-1].base_at,
        bases=tuple(_bases(document)),
        commands=tuple(_commands(document, document.stages)),
        kept_commands=tuple(_commands(document, _final_stages(document))),
        downloads=tuple(found for found, _ in downloads),
        verified_downloads=tuple(found for found, verified in downloads if verified),
        variables=tuple(_variables(document)),
        arguments=tuple(_arguments(document)),
        copies=tuple(_copies(document)),
        modes=tuple(_modes(document)),
    )


def _instructions(stages: Iterable[Stage], *keywords: str) -> Iterator[Instruction]:
    for stage in stages:
        yield from (instruction for instruction in stage.instructions if instruction.keyword in keywords)


def _bases(document: DockerfileDocument) -> Iterator[Located[str]]:
    defaults: dict[str, str] = {}
    for instruction in document.arguments:
        for pair in document.pairs(instruction):
            known = dict(defaults)
            defaults[pair.name] = HOLE if pair.raw is None else expand(pair.raw, known.get, document.escape)
    names: set[str] = set()
    for stage in document.stages:
        base = expand(stage.base, defaults.get, document.escape)
        if base.lower() not in names:
            yield Located(value=settle(base, _REASON), at=stage.base_at)
        if stage.name:
            names.add(stage.name)


def _commands(document: DockerfileDocument, stages: Iterable[Stage]) -> Iterator[Located[str]]:
    for instruction in _instructions(stages, "RUN"):
        text = "\n".join((instruction.text, *(heredoc.text for heredoc in instruction.heredocs)))
        yield Located(value=settle(text, "a template expression"), at=instruction.at(document.source))


def _downloads(document: DockerfileDocument) -> Iterator[tuple[Located[str], bool]]:
    for instruction in _instructions(document.stages, "ADD"):
        verified = re.match(r"(?:--\S+[ \t]+)*--checksum=", instruction.text) is not None
        for word, start, end in arguments_of(instruction, document.escape)[:-1]:
            url = unquote(word, document.escape)
            if _URL.match(url):
                yield Located(value=url, at=instruction.at(document.source, start, end)), verified


def _variables(document: DockerfileDocument) -> Iterator[tuple[str, Located[str]]]:
    for instruction in _instructions(document.stages, "ENV"):
        for pair in document.pairs(instruction):
            value = settle(unquote(pair.raw or "", document.escape), "a template expression")
            yield pair.name, Located(value=value, at=pair.at)


def _final_stages(document: DockerfileDocument) -> Iterator[Stage]:
    """Yield the final stage and the stages it starts from; what other stages hold is not in the image."""
    chain = [document.stages[-1]]
    for earlier in reversed(document.stages[:-1]):
        if earlier.name and earlier.name == chain[-1].base.lower():
            chain.append(earlier)
    yield from chain


def _arguments(document: DockerfileDocument) -> Iterator[Located[str]]:
    """Yield the ARG names of the final image's stages; other stages leave no history."""
    for instruction in _instructions(_final_stages(document), "ARG"):
        for pair in document.pairs(instruction):
            if not pair.raw:
                yield Located(value=pair.name, at=pair.at)


def _copies(document: DockerfileDocument) -> Iterator[Located[str]]:
    for instruction in _instructions(_final_stages(document), "COPY", "ADD"):
        for word, start, end in arguments_of(instruction, document.escape)[:-1] if not instruction.heredocs else ():
            path = settle(unquote(word, document.escape), "a template expression")
            yield Located(value=path, at=instruction.at(document.source, start, end))


def _modes(document: DockerfileDocument) -> Iterator[Located[str]]:
    for instruction in _instructions(_final_stages(document), "COPY", "ADD"):
        flag = re.match(r"(?:--\S+[ \t]+)*?--chmod=(\S+)", instruction.text)
        if flag is not None:
            yield Located(value=settle(flag[1], _REASON), at=instruction.at(document.source, 0, flag.end()))
