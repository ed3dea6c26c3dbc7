"""Which folder of the tree a source file's program starts from."""

from auditor.technologies.document import RepositoryFiles

_MARKERS = frozenset(
    "pyproject.toml setup.py setup.cfg requirements.txt pipfile manage.py package.json dockerfile compose.yaml "
    "compose.yml docker-compose.yaml docker-compose.yml".split()
)
"""Files that stand where a program is installed, built or started from."""


class Projects:
    """Finds the nearest folder above a file that has the marks of a program's root."""

    def __init__(self, files: RepositoryFiles) -> None:
        self._roots = {
            folder for path in files.paths("") for folder, _, name in [path.rpartition("/")] if name.lower() in _MARKERS
        }

    def root_of(self, path: str) -> str:
        """Return the folder, "" for the root of the tree or where nothing tells."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self._roots:
                return folder
        return ""
