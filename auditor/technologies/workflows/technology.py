"""CI pipelines as a kind of file, and what they are judged on."""

import re
from collections.abc import Iterator, Sequence

from auditor.formats import yaml
from auditor.formats.tree import Mapping
from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.workflows import recognise

from .document import Workflow
from .github import GithubWorkflow, read_github
from .gitlab_files import pipelines

_GITHUB = lazy(r"(?:^|/)\.github/(?:workflows|actions)/|(?:^|/)action\.ya?ml$")
_GITLAB = lazy(r"(?:^|/)(?:[^/]*\.)?gitlab-ci[^/]*$|(?:^|/)\.gitlab/ci/", re.IGNORECASE)
_REPOSITORY = lazy(r"github\.repository(?:_owner)?\s*==\s*'(?P<owner>[\w.-]+)(?:/[\w.-]+)?'")


class Workflows:
    """The technology `workflows`."""

    id = "workflows"
    title = "CI pipelines"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> Workflow:
        """Read the file.

        Raises:
            FormatError: it is not YAML.
        """
        # `${{ … }}` is GitHub's own expression within a value, not a template around the YAML.
        return Workflow(source=source, nodes=tuple(yaml.parse(source, templated=False)))

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield GitHub's workflows and composite actions, then GitLab's pipelines."""
        found = [document for document in documents if isinstance(document, Workflow)]
        github = [document for document in found if _GITHUB.search(document.source.path)]
        # A workflow that runs in one repository only (`github.repository == 'owner/name'`) tells whose files these are.
        owners = frozenset(
            match["owner"].lower() for document in github for match in _REPOSITORY.finditer(document.source.text)
        )
        for document in github:
            yield from _workflow(document, owners)
        yield from pipelines([document for document in found if _GITLAB.search(document.source.path)], files)


def _workflow(document: Workflow, owners: frozenset[str]) -> Iterator[GithubWorkflow]:
    root = document.nodes[0] if document.nodes else None
    if isinstance(root, Mapping):
        workflow = read_github(root, document.source, owners)
        if workflow is not None:
            yield workflow


WORKFLOWS = Workflows()
