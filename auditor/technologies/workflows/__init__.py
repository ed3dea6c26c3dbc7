"""Pipelines: GitHub's workflows and composite actions, GitLab's pipelines, and the values any pipeline is given."""

from .document import Workflow
from .expressions import Expression, Places, expressions_in
from .github import ActionReference, GithubJob, GithubStep, GithubWorkflow, Permissions
from .gitlab import GitlabInclude, GitlabJob, GitlabPipeline, Variable
from .technology import WORKFLOWS, Workflows
from .untrusted import FROM_FORKS, PRIVILEGED, events_of

__all__ = [
    "FROM_FORKS",
    "PRIVILEGED",
    "WORKFLOWS",
    "ActionReference",
    "Expression",
    "GithubJob",
    "GithubStep",
    "GithubWorkflow",
    "GitlabInclude",
    "GitlabJob",
    "GitlabPipeline",
    "Permissions",
    "Places",
    "Variable",
    "Workflow",
    "Workflows",
    "events_of",
    "expressions_in",
]
