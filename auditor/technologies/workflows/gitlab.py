"""GitLab's pipelines: the jobs as they run, after `include`, `extends`, `default`, `inherit` and `!reference`.

Source: GitLab documentation 17, "CI/CD YAML syntax reference" and "Optimize GitLab CI/CD configuration files":
`extends` merges mappings key by key and replaces lists, the later of several wins, at most 11 levels; `default` fills
keywords that a job lacks; a job's variables win over the pipeline's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.workload import Located
from auditor.records import dataclass

_MAX_LEVELS = 11
_MAX_REFERENCES = 10
_MAX_LINES = 50_000
"""Most lines of all scripts together; lists that refer to lists could multiply them without end."""
_KEYWORDS = frozenset(
    "after_script artifacts before_script cache default image include services spec stages types variables "
    "workflow".split()
)
"""What stands at the top level and is no job."""
_DEFAULTS = frozenset("after_script artifacts before_script cache hooks id_tokens image identity services tags".split())
_SCRIPTS = ("before_script", "script", "after_script")


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A variable that a job gets."""

    name: str
    value: str = field(repr=False)
    at: Location

    @property
    def is_true(self) -> bool:
        """Whether the runner takes it for true (Go's strconv.ParseBool)."""
        return self.value in {"1", "t", "T", "true", "TRUE", "True"}


@dataclass(frozen=True, kw_only=True)
class GitlabInclude:
    """Configuration from elsewhere. `kind` is local, remote, project, template or component."""

    kind: str
    text: str
    at: Location
    ref: str = ""
    has_checksum: bool = False


@dataclass(frozen=True, kw_only=True)
class Artifacts:
    """What a job keeps. `access` is who may fetch it ("all" unless written)."""

    at: Location
    paths: tuple[Located[str], ...] = ()
    excluded: frozenset[str] = frozenset()
    untracked: Location | None = None
    expires: Located[str] | None = None
    access: str = "all"


@dataclass(frozen=True, kw_only=True)
class GitlabJob:
    """A job as it runs. `scripts` are its lines, each with its place."""

    name: str
    at: Location
    variables: Mapping[str, Variable]
    services: tuple[Located[str], ...] = ()
    scripts: tuple[Scalar, ...] = ()
    artifacts: Artifacts | None = None
    cached: tuple[Located[str], ...] = ()
    """What its caches hold, which later jobs of other pipelines get."""


@dataclass(frozen=True, kw_only=True)
class GitlabPipeline(Fact):
    """A pipeline with the files that it includes from its own repository.

    `gaps` says why a part of it is not known: jobs of an include that is not in the scanned tree are not listed.
    """

    includes: tuple[GitlabInclude, ...]
    jobs: tuple[GitlabJob, ...] = field(repr=False)
    variables: Mapping[str, Variable] = field(repr=False)
    gaps: str = ""

    def variables_in_force(self, name: str) -> Iterator[tuple[str, Variable]]:
        """Yield each place that sets a variable for a job, once, with who gets it."""
        seen: dict[Location, list[str]] = {}
        found: dict[Location, Variable] = {}
        for job in self.jobs:
            variable = job.variables.get(name)
            if variable is not None:
                seen.setdefault(variable.at, []).append(job.name)
                found[variable.at] = variable
        if not self.jobs and name in self.variables:
            yield "every job", self.variables[name]
        for at, names in seen.items():
            who = (
                f"job {names[0]}"
                if len(names) == 1
                else f"{len(names)} jobs ({', '.join(names[:3])}{', …' * (len(names) > 3)})"
            )
            yield who, found[at]


def read_pipeline(root: Tree, component: str, gaps: str) -> GitlabPipeline:
    """Read a configuration whose local includes are merged into `root`."""
    reader = _Reader(root)
    jobs = tuple(reader.jobs())
    return GitlabPipeline(
        component=component,
        technology="workflows",
        at=root.at,
        includes=tuple(includes_of(root)),
        jobs=jobs,
        variables=_variables(root.get("variables")),
        gaps=gaps,
    )


def merged(below: Tree, above: Tree) -> Tree:
    """Return `below` with the keys of `above` over it: mappings key by key, everything else replaced."""
    entries = {key.text: (key, value) for key, value in below}
    for key, value in above:
        under = entries[key.text][1] if key.text in entries else None
        entries[key.text] = (
            key,
            merged(under, value) if isinstance(under, Tree) and isinstance(value, Tree) else value,
        )
    return Tree(list(entries.values()), above.at)


def includes_of(root: Tree) -> Iterator[GitlabInclude]:
    """Yield the includes of a file in order."""
    node = root.get("include")
    for item in node if isinstance(node, Sequence) else [node]:
        if isinstance(item, Scalar) and not item.is_null:
            kind = "remote" if item.text.lower().startswith(("http://", "https://")) else "local"
            yield GitlabInclude(kind=kind, text=item.text, at=item.at)
        elif isinstance(item, Tree):
            kind = next((name for name in ("local", "remote", "project", "template", "component") if name in item), "")
            text = item.scalar(kind) if kind else None
            if text is not None:
                yield GitlabInclude(
                    kind=kind, text=text.text, at=text.at, ref=item.text("ref") or "", has_checksum="integrity" in item
                )


class _Reader:
    def __init__(self, root: Tree) -> None:
        self.root = root
        self.merged_jobs: dict[str, Tree] = {}
        self.lines_left = _MAX_LINES
        self.globals = _variables(root.get("variables"))
        default = root.mapping("default")
        old = [(key, value) for key, value in root if key.text in _DEFAULTS]
        self.defaults = merged(Tree(old, root.at), default) if default is not None else Tree(old, root.at)

    def jobs(self) -> Iterator[GitlabJob]:
        for key, body in self.root:
            if key.text in _KEYWORDS or key.text.startswith(".") or not isinstance(body, Tree):
                continue
            job = self.extended(body, frozenset({key.text}))
            yield self.job(key, job)

    def extended(self, body: Tree, seen: frozenset[str]) -> Tree:
        """Return a job's body over those that it extends."""
        node = body.get("extends")
        names = [node.text] if isinstance(node, Scalar) else []
        names += [item.text for item in node.scalars()] if isinstance(node, Sequence) else []
        below: Tree | None = None
        for name in dict.fromkeys(names):
            parent = self.parent(name, seen)
            if parent is not None:
                below = parent if below is None else merged(below, parent)
        return merged(below, body) if below is not None else body

    def parent(self, name: str, seen: frozenset[str]) -> Tree | None:
        """Return a job as it is extended; None if there is none, in a circle and beyond GitLab's limit of levels."""
        if name not in self.merged_jobs:
            body = self.root.mapping(name)
            if body is None or name in seen or len(seen) > _MAX_LEVELS:
                return None
            self.merged_jobs[name] = self.extended(body, seen | {name})
        return self.merged_jobs[name]

    def job(self, key: Scalar, body: Tree) -> GitlabJob:
        inherit = body.mapping("inherit")
        defaults = {name: value for name, value in self.inherited(inherit, "default") if name not in body}
        lines = [
            line
            for name in _SCRIPTS
            for line in self.lines(body.get(name) if name in body else defaults.get(name), _MAX_REFERENCES)
        ]
        globals_ = {name: self.globals[name] for name in self.inherited_names(inherit, "variables", self.globals)}
        services = self.resolved(body.get("services") if "services" in body else defaults.get("services"))
        artifacts = body.get("artifacts") if "artifacts" in body else defaults.get("artifacts")
        cache = body.get("cache") if "cache" in body else defaults.get("cache")
        return GitlabJob(
            name=key.text,
            at=key.at,
            variables={**globals_, **_variables(self.resolved(body.get("variables")))},
            services=tuple(_names(services)),
            scripts=tuple(lines),
            artifacts=self.artifacts(self.resolved(artifacts)),
            cached=tuple(self.cached(self.resolved(cache))),
        )

    def inherited(self, inherit: Tree | None, kind: str) -> Iterator[tuple[str, Node]]:
        values = {key.text: value for key, value in self.defaults}
        for name in self.inherited_names(inherit, kind, values):
            yield name, values[name]

    def inherited_names(self, inherit: Tree | None, kind: str, all_: Mapping[str, object]) -> list[str]:
        """Return which defaults or variables a job takes: all, none (`false`) or those in a list."""
        node = inherit.get(kind) if inherit is not None else None
        if isinstance(node, Sequence):
            wanted = {item.text for item in node.scalars()}
            return [name for name in all_ if name in wanted]
        return [] if isinstance(node, Scalar) and node.as_bool() is False else list(all_)

    def resolved(self, node: Node | None, depth: int = _MAX_REFERENCES) -> Node | None:
        """Return what a `!reference [job, key, …]` stands for; other nodes as they are."""
        if not isinstance(node, Sequence) or node.tag != "!reference":
            return node
        names = [item.text for item in node.scalars()]
        job = self.parent(names[0], frozenset()) if len(names) > 1 and depth else None
        return self.resolved(job.get(*names[1:]), depth - 1) if job is not None else None

    def lines(self, node: Node | None, depth: int) -> Iterator[Scalar]:
        """Yield the lines of a script; lists may stand in lists."""
        node = self.resolved(node, depth)
        if isinstance(node, Scalar):
            self.lines_left -= 1
            if not node.is_null:
                yield node
        elif isinstance(node, Sequence) and depth and self.lines_left > 0:
            self.lines_left -= 1
            for item in node:
                yield from self.lines(item, depth - 1)

    def cached(self, node: Node | None) -> Iterator[Located[str]]:
        """Yield the paths of a cache or of each in a list."""
        for cache in node.mappings() if isinstance(node, Sequence) else (node,):
            paths = cache.get("paths") if isinstance(cache, Tree) else None
            yield from (Located(value=path.text, at=path.at) for path in self.lines(paths, _MAX_REFERENCES))

    def artifacts(self, node: Node | None) -> Artifacts | None:
        if not isinstance(node, Tree):
            return None
        untracked, expires = node.scalar("untracked"), node.scalar("expire_in")
        public = node.scalar("public")
        access = node.text("access") or ("developer" if public is not None and public.as_bool() is False else "all")
        paths = self.lines(node.get("paths"), _MAX_REFERENCES)
        return Artifacts(
            at=node.at,
            paths=tuple(Located(value=path.text, at=path.at) for path in paths),
            excluded=frozenset(path.text for path in self.lines(node.get("exclude"), _MAX_REFERENCES)),
            untracked=untracked.at if untracked is not None and untracked.as_bool() is True else None,
            expires=Located(value=expires.text, at=expires.at) if expires is not None else None,
            access=access,
        )


def _variables(node: Node | None) -> dict[str, Variable]:
    found: dict[str, Variable] = {}
    for key, value in node if isinstance(node, Tree) else ():
        inner = value.get("value") if isinstance(value, Tree) else value
        if isinstance(inner, Scalar):
            found[key.text] = Variable(name=key.text, value=inner.text, at=inner.at)
    return found


def _names(node: Node | None) -> Iterator[Located[str]]:
    """Yield the images of services, with what they are started with, as one text."""
    for item in node if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar):
            yield Located(value=item.text, at=item.at)
        elif isinstance(item, Tree) and (name := item.scalar("name")) is not None:
            command = item.sequence("command")
            words = [word.text for word in command.scalars()] if command is not None else []
            yield Located(value=" ".join([name.text, *words]), at=name.at)
