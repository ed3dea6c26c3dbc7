"""Sites that are not enabled are not in force, wherever the folder of enabled ones is in the scanned files."""

from pathlib import Path

import pytest

from auditor.model.fact import Service
from auditor.scan import take_estate
from auditor.sources.directory import DirectoryTree

SITES = {
    "nginx": "server {\n  listen 80;\n  root /srv;\n}\n",
    "apache2": "<VirtualHost *:80>\n  DocumentRoot /srv\n</VirtualHost>\n",
}


@pytest.fixture(params=SITES)
def etc(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the folder of a server with two sites, none of them enabled."""
    server = str(request.param)
    folder = tmp_path / "etc" / server
    for name in ("a.conf", "b.conf"):
        (folder / "sites-available").mkdir(parents=True, exist_ok=True)
        (folder / "sites-available" / name).write_text(SITES[server], "utf-8")
    return folder


def judged(etc: Path) -> set[str]:
    facts = take_estate(DirectoryTree(etc.parents[1])).facts
    return {str(Path(fact.component).relative_to(f"etc/{etc.name}")) for fact in facts if isinstance(fact, Service)}


def enable(etc: Path, name: str, target: str) -> None:
    (etc / "sites-enabled").mkdir(exist_ok=True)
    (etc / "sites-enabled" / name).symlink_to(target)


def test_all_are_judged_where_nothing_says_which_are_enabled(etc: Path) -> None:
    assert judged(etc) == {"sites-available/a.conf", "sites-available/b.conf"}


def test_a_folder_kept_for_links_to_come_says_nothing(etc: Path) -> None:
    (etc / "sites-enabled").mkdir()
    (etc / "sites-enabled" / ".gitkeep").touch()
    assert judged(etc) == {"sites-available/a.conf", "sites-available/b.conf"}


def test_an_enabled_site_is_judged_where_its_link_is(etc: Path) -> None:
    enable(etc, "a.conf", "../sites-available/a.conf")
    assert judged(etc) == {"sites-enabled/a.conf"}


def test_a_link_may_have_another_name(etc: Path) -> None:
    enable(etc, "000-a.conf", "../sites-available/a.conf")
    assert judged(etc) == {"sites-enabled/000-a.conf"}


def test_an_absolute_link_enables_the_file_of_its_name(etc: Path) -> None:
    enable(etc, "a.conf", f"/etc/{etc.name}/sites-available/a.conf")
    assert judged(etc) == {"sites-available/a.conf"}


def test_an_absolute_link_of_another_name_may_enable_any_of_them(etc: Path) -> None:
    enable(etc, "000-a.conf", f"/etc/{etc.name}/sites-available/none.conf")
    assert judged(etc) == {"sites-available/a.conf", "sites-available/b.conf"}
