"""Write reports/examples/ from samples/clinic-insecure; with --check only compare, exit 1 if anything differs.

The time and the report's id stand still, so that the files change only when findings or outputs do.
"""

import os
import sys
from pathlib import Path

import msgspec

from auditor.hazards.log import hazard_log
from auditor.packs import load_packs, resource_dir
from auditor.profile import load_profile
from auditor.reporters import Options, render
from auditor.scan import Options as ScanOptions
from auditor.scan import audit
from auditor.sources.directory import DirectoryTree

CHECKOUT = Path(__file__).parents[1]
FOLDER = CHECKOUT / "reports/examples"
MOMENT = "1767225600"
"""1 January 2026."""
REPORT_ID = "00000000-0000-5000-8000-000000000000"
"""Otherwise made from the checks' sources, too."""
OUTPUTS = {"markdown": "clinic-insecure.md", "poam-csv": "clinic-insecure-poam.csv"}


def files() -> dict[str, str]:
    """Return the text of every example by its path below the folder."""
    os.environ["SOURCE_DATE_EPOCH"] = MOMENT
    options = ScanOptions(
        pack=lambda folders: load_packs(folders=folders),
        profile=load_profile(resource_dir("profiles") / "hipaa.yaml"),
        targets=["samples/clinic-insecure"],
    )
    report = audit(DirectoryTree(CHECKOUT / "samples/clinic-insecure"), options).report
    report = msgspec.structs.replace(report, report_id=REPORT_ID)
    rendering = Options(templates=resource_dir("reports") / "templates")
    found = {file: render(name, report, rendering) for name, file in OUTPUTS.items()}
    found.update({f"hazard-log/{name}": text for name, text in hazard_log(report, {}).items()})
    return found


def main() -> int:
    """Compare or write the examples; return the exit code."""
    wanted = files()
    present = {
        file.relative_to(FOLDER).as_posix(): file.read_bytes().decode() for file in FOLDER.rglob("*") if file.is_file()
    }
    differing = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
    if "--check" in sys.argv[1:]:
        for name in differing:
            print(f"reports/examples/{name} differs; run `make docs`")
        return 1 if differing else 0
    for name in differing:
        file = FOLDER / name
        if name in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(wanted[name].encode())
        else:
            file.unlink()
    print(f"reports/examples: {len(differing)} of {len(wanted)} files written or removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
