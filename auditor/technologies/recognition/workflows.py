"""Which files are pipelines of GitHub, GitLab, Bitbucket, Azure or CircleCI."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAMES = lazy(
    r"(?:.*\.)?gitlab-ci(?:[._-][\w-]+)?\.ya?ml|bitbucket-pipelines\.ya?ml|azure-pipelines(?:[._-][\w-]+)?\.ya?ml"
)
_FOLDERS = lazy(
    r"(?:^|/)(?:\.github/(?:workflows|actions)|\.gitlab/ci|\.gitea/workflows|\.forgejo/workflows|\.circleci)/"
)
_KEYS = lazy(
    r"^[\"']?(?:on|jobs|runs|stages|variables|pipelines|image|include|workflows|steps|trigger|pool|[.\w-]+)[\"']?:",
    re.M,
)
_USING = lazy(r"^[ \t]+[\"']?using[\"']?:", re.M)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Claim pipeline files by their names and places."""
    if not name.endswith((".yml", ".yaml")) or not _KEYS.search(head):
        return None
    if name in {"action.yml", "action.yaml"} and "runs:" in head and _USING.search(head):
        return Recognition("an action by its name, with what it runs on", 3)
    if _NAMES.fullmatch(name) or _FOLDERS.search(path):
        return Recognition("a pipeline by its name and place", 3)
    return None


TECHNOLOGY = Registered(
    "workflows",
    "CI pipelines",
    "auditor.technologies.workflows:WORKFLOWS",
    recognise,
    is_platform=True,
    files="GitHub's workflows and actions, .gitlab-ci.yml; secrets of other pipelines",
)
