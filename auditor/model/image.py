"""How a container image is built, as its Dockerfile says."""

from dataclasses import field

from auditor.records import dataclass

from .fact import Fact
from .workload import Located


@dataclass(frozen=True, kw_only=True)
class ImageBuild(Fact):
    """One Dockerfile with all its stages; `component` is its path.

    `bases` are the images that stages start from, other stages left out, variables replaced by the defaults of
    ARG. `commands` are the command lines of RUN, one for each instruction. `downloads` are the URLs that ADD
    fetches, `verified_downloads` those of them with `--checksum`. `variables` are names and values that ENV sets.
    `arguments` are the names of ARG in the final stage that have no default (a default is written in the file).
    Of the stages that end up in the image alone: `kept_commands` are those of `commands`, `copies` the paths that COPY
    and ADD name as sources, `modes` what their `--chmod` gives.
    """

    bases: tuple[Located[str], ...] = ()
    commands: tuple[Located[str], ...] = field(default=(), repr=False)
    downloads: tuple[Located[str], ...] = ()
    verified_downloads: tuple[Located[str], ...] = ()
    variables: tuple[tuple[str, Located[str]], ...] = field(default=(), repr=False)
    arguments: tuple[Located[str], ...] = ()
    kept_commands: tuple[Located[str], ...] = field(default=(), repr=False)
    copies: tuple[Located[str], ...] = ()
    modes: tuple[Located[str], ...] = ()
