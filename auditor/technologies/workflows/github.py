"""GitHub's workflows and composite actions.

Source: GitHub documentation, "Workflow syntax for GitHub Actions" and "Metadata syntax reference" (`runs.using:
composite`): a job's `permissions` replace the workflow's; `env` of a step wins over the job's and its workflow's.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.records import dataclass

from .expressions import Expression, expressions_in

_COMMIT = lazy(r"[0-9a-f]{40}|[0-9a-f]{64}")
_GITHUB_OWNERS = frozenset({"actions", "github"})
_ALL = {"read-all": "read", "write-all": "write"}


@dataclass(frozen=True, kw_only=True)
class ActionReference:
    """What a step or a job `uses`: `owner/name/path@ref`, `./path` or `docker://image`."""

    text: str
    at: Location

    @property
    def is_local(self) -> bool:
        return self.text.startswith("./")

    @property
    def is_image(self) -> bool:
        return self.text.startswith("docker://")

    @property
    def shown(self) -> str:
        """The name without the mark of an image."""
        return self.text.removeprefix("docker://")

    @property
    def repository(self) -> str:
        """`owner/name` in lower case, "" for a local action or an image."""
        if self.is_local or self.is_image:
            return ""
        return "/".join(self.text.partition("@")[0].lower().split("/")[:2])

    @property
    def ref(self) -> str:
        return self.text.partition("@")[2]

    @property
    def is_by_github(self) -> bool:
        """Whether GitHub itself, which runs the job, publishes the action."""
        return self.repository.partition("/")[0] in _GITHUB_OWNERS

    @property
    def is_pinned(self) -> bool:
        """Whether the same code runs until this line changes: a commit, an image's digest, a file of the repository."""
        if self.is_image:
            return "@sha256:" in self.text
        return self.is_local or _COMMIT.fullmatch(self.ref) is not None


@dataclass(frozen=True, kw_only=True)
class Permissions:
    """What the job's token may do: scopes with `read`, `write` or `none`; "*" is every scope. Others have none."""

    at: Location
    scopes: Mapping[str, str]

    @property
    def is_write_all(self) -> bool:
        return self.scopes.get("*") == "write"

    @property
    def can_write(self) -> bool:
        return "write" in self.scopes.values()


@dataclass(frozen=True, kw_only=True)
class GithubStep:
    """One step; `label` is what a reader knows it by."""

    at: Location
    id: str
    label: str
    condition: str
    uses: ActionReference | None = None
    run: Scalar | None = None
    inputs: Mapping[str, Scalar] = field(default_factory=dict[str, Scalar])
    env: Mapping[str, Scalar] = field(default_factory=dict[str, Scalar])

    def is_of(self, *repositories: str) -> bool:
        """Tell whether the step runs an action of one of the repositories (`actions/checkout`)."""
        return self.uses is not None and self.uses.repository in repositories

    def input(self, name: str) -> str:
        """Return an input as written, "" if it is not given."""
        return self.inputs[name].text if name in self.inputs else ""

    def scripts(self) -> Iterator[Scalar]:
        """Yield what is run as a program after GitHub has put the expressions' results into its text."""
        if self.run is not None:
            yield self.run
        if self.is_of("actions/github-script") and "script" in self.inputs:
            yield self.inputs["script"]


@dataclass(frozen=True, kw_only=True)
class GithubJob:
    """One job, or the steps of a composite action. `permissions` are those in force, None if none are written."""

    id: str
    at: Location
    condition: str = ""
    steps: tuple[GithubStep, ...] = ()
    uses: ActionReference | None = None
    inherits_secrets: Location | None = None
    permissions: Permissions | None = None
    env: Mapping[str, Scalar] = field(default_factory=dict[str, Scalar])
    runs_on: tuple[Scalar, ...] = ()
    images: tuple[ActionReference, ...] = ()
    """The images of its container and services."""
    has_environment: bool = False

    def variable(self, step: GithubStep, name: str) -> Scalar | None:
        """Return a variable as the step sees it; names of the `env` context are not case-sensitive."""
        for level in (step.env, self.env):
            for key, value in level.items():
                if key.lower() == name.lower():
                    return value
        return None

    def flows(self, step: GithubStep, expression: Expression) -> frozenset[str]:
        """Return the contexts in an expression's result, those that `env.NAME` holds among them."""
        found = set(expression.flows)
        for path in expression.flows:
            if path.startswith("env."):
                value = self.variable(step, path.removeprefix("env."))
                for inner in expressions_in(value) if value is not None else ():
                    found |= inner.flows
        return frozenset(found)


@dataclass(frozen=True, kw_only=True)
class GithubWorkflow(Fact):
    """A workflow or a composite action.

    `triggers` are the events with their places. `owners` are the accounts that the workflows of this tree name as
    their own.
    """

    is_action: bool
    triggers: Mapping[str, Location]
    permissions: Permissions | None
    jobs: tuple[GithubJob, ...] = field(repr=False)
    env: Mapping[str, Scalar] = field(repr=False)
    owners: frozenset[str]

    @property
    def events_open(self) -> bool:
        """Whether other workflows call this one with an event of theirs."""
        return self.is_action or "workflow_call" in self.triggers

    def scalars(self) -> Iterator[tuple[str, Scalar]]:
        """Yield every variable, input and script with who gets it."""
        yield from (("Every job", value) for value in self.env.values())
        for job in self.jobs:
            own = (value for value in job.env.values() if not any(value is given for given in self.env.values()))
            yield from ((f"Job {job.id}", value) for value in own)
            for step in job.steps:
                texts = [*step.env.values(), *step.inputs.values(), *([step.run] if step.run is not None else [])]
                yield from ((f"The step {step.label}", value) for value in texts)

    def is_own(self, reference: ActionReference) -> bool:
        """Tell whether the action belongs to the account whose repository this is."""
        return reference.repository.partition("/")[0] in self.owners


def read_github(root: Tree, source: Source, owners: frozenset[str]) -> GithubWorkflow | None:
    """Read a workflow or a composite action; None for other actions (JavaScript, Docker), which are programs."""
    runs = root.mapping("runs")
    is_action = "jobs" not in root and runs is not None
    if is_action and (runs is None or runs.text("using") != "composite"):
        return None
    env = _scalars(root.mapping("env"))
    permissions = _permissions(root)
    jobs: tuple[GithubJob, ...]
    if is_action and runs is not None:
        jobs = (GithubJob(id="", at=root.at, steps=tuple(_steps(runs.sequence("steps"))), env={}),)
    else:
        jobs = tuple(_jobs(root.mapping("jobs"), permissions, env))
    return GithubWorkflow(
        component=source.key,
        technology="workflows",
        at=root.at,
        is_action=is_action,
        triggers=_triggers(root),
        permissions=permissions,
        jobs=jobs,
        env=env,
        owners=owners,
    )


def _triggers(root: Tree) -> dict[str, Location]:
    node = root.get("on")
    if isinstance(node, Scalar):
        return {node.text: node.at}
    if isinstance(node, Sequence):
        return {item.text: item.at for item in node.scalars()}
    return {key.text: key.at for key, _ in node} if isinstance(node, Tree) else {}


def _permissions(node: Tree) -> Permissions | None:
    key, value = node.key("permissions"), node.get("permissions")
    if key is None:
        return None
    if isinstance(value, Tree):
        scopes = {name.text: level.text for name, level in value if isinstance(level, Scalar)}
        return Permissions(at=key.at, scopes=scopes)
    word = value.text if isinstance(value, Scalar) else ""
    return Permissions(at=value.at if value is not None else key.at, scopes={"*": _ALL[word]} if word in _ALL else {})


def _jobs(jobs: Tree | None, permissions: Permissions | None, env: dict[str, Scalar]) -> Iterator[GithubJob]:
    for key, body in jobs or ():
        if isinstance(body, Tree):
            secrets = body.scalar("secrets")
            yield GithubJob(
                id=key.text,
                at=key.at,
                condition=_text(body.get("if")),
                steps=tuple(_steps(body.sequence("steps"))),
                uses=_reference(body.scalar("uses")),
                inherits_secrets=secrets.at if secrets is not None and secrets.text == "inherit" else None,
                permissions=_permissions(body) or permissions,
                env={**env, **_scalars(body.mapping("env"))},
                runs_on=tuple(_labels(body.get("runs-on"))),
                images=tuple(_images(body)),
                has_environment="environment" in body,
            )


def _steps(steps: Sequence | None) -> Iterator[GithubStep]:
    for number, body in enumerate(steps.mappings() if steps is not None else (), 1):
        uses = _reference(body.scalar("uses"))
        label = body.text("name") or (uses.text if uses is not None else body.text("id") or f"no. {number}")
        yield GithubStep(
            at=body.at,
            id=body.text("id") or "",
            label=label,
            condition=_text(body.get("if")),
            uses=uses,
            run=body.scalar("run"),
            inputs=_scalars(body.mapping("with")),
            env=_scalars(body.mapping("env")),
        )


def _reference(node: Scalar | None) -> ActionReference | None:
    return ActionReference(text=node.text.strip(), at=node.at) if node is not None else None


def _scalars(node: Tree | None) -> dict[str, Scalar]:
    return {key.text: value for key, value in node or () if isinstance(value, Scalar)}


def _labels(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Tree):
        node = node.get("labels")
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        yield from node.scalars()


def _images(body: Tree) -> Iterator[ActionReference]:
    services = body.mapping("services")
    for node in (body.get("container"), *(value for _, value in services or ())):
        image = node if isinstance(node, Scalar) else node.get("image") if isinstance(node, Tree) else None
        if isinstance(image, Scalar) and not image.is_null:
            yield ActionReference(text=f"docker://{image.text.removeprefix('docker://')}", at=image.at)


def _text(node: Node | None) -> str:
    """Return a condition as written, blanks made equal."""
    return re.sub(r"\s+", " ", node.text) if isinstance(node, Scalar) else ""
