"""Write docs/checks/ from the checks' own documentation; with --check only compare, exit 1 if anything differs."""

import sys
from collections import defaultdict
from pathlib import Path

from auditor.model.check import Check
from auditor.packs import load_packs, resource_dir
from auditor.profile import Profile, load_profile
from auditor.technologies.registry import technologies

FOLDER = Path(__file__).parent / "checks"
TITLES = {technology.id: technology.title for technology in technologies()} | {
    "application": "Application settings",
    "aws": "AWS",
    "azure": "Azure",
    "google": "Google Cloud",
    "secrets": "Secrets",
    "workload": "Containers",
}


def pages() -> dict[str, str]:
    """Return the text of every page by its file name."""
    profile = load_profile(resource_dir("profiles") / "hipaa.yaml")
    checks = load_packs().checks
    found = {f"{check.id}.md": page(check, profile) for check in checks}
    found["README.md"] = index(checks)
    return found


def page(check: Check, profile: Profile) -> str:
    """Return the page of one check: what the profile says of it, then its own documentation."""
    mapped = profile.map(check.id, check.control, check.also)
    title, _, body = check.documentation.partition("\n")
    citations = "\n".join(
        f"- 45 CFR {citation.id} {citation.title} ({citation.designation}, {citation.strength})"
        for citation in mapped.citations
    )
    categories = ", ".join([mapped.category, *mapped.also_categories])
    cwe = f"[CWE-{check.cwe}](https://cwe.mitre.org/data/definitions/{check.cwe}.html)" if check.cwe else "none"
    return (
        f"# {check.id}\n\n{title}\n\n"
        f"| severity | control | categories | CWE |\n|---|---|---|---|\n"
        f"| {check.severity} | {', '.join([check.control, *check.also])} | {categories} | {cwe} |\n\n"
        f"Relevant to:\n\n{citations}\n\n{body.strip()}\n"
    )


def index(checks: tuple[Check, ...]) -> str:
    """Return the list of all checks, by technology."""
    groups: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        groups[check.file.parent.name].append(check)
    lines = ["# Checks", "", f"{len(checks)} checks, generated from `checks/` by `make docs`.", ""]
    for group in sorted(groups, key=lambda name: TITLES.get(name, name)):
        lines += [f"## {TITLES.get(group, group)}", "", "| check | severity | finds |", "|---|---|---|"]
        lines += [f"| [{check.id}]({check.id}.md) | {check.severity} | {check.title} |" for check in groups[group]]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Compare or write the pages; return the exit code."""
    wanted = pages()
    present = {file.name: file.read_text("utf-8") for file in FOLDER.glob("*.md")}
    differing = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
    if "--check" in sys.argv[1:]:
        for name in differing:
            print(f"docs/checks/{name} differs from checks/; run `make docs`")
        return 1 if differing else 0
    FOLDER.mkdir(exist_ok=True)
    for name in differing:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], "utf-8")
        else:
            (FOLDER / name).unlink()
    print(f"docs/checks: {len(differing)} of {len(wanted)} pages written or removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
