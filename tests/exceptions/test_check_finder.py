"""Finding a check by its id without loading the whole pack."""

import subprocess
import sys
from pathlib import Path

from auditor.packs import CheckFinder

ROOT = Path(__file__).parents[2]
PACK = '''"""A check of our own."""
from auditor.api import LOW, Control, Workload, check

@check("own-check", severity=LOW, control=Control.PRIVILEGE, aliases=("former-id",))
def own_check(workload: Workload) -> list[object]:
    return []
'''


def test_a_check_of_a_folder_is_found_by_its_id_and_by_its_former_one(tmp_path: Path) -> None:
    (tmp_path / "another_name.py").write_text(PACK)
    find = CheckFinder([tmp_path])
    check = find("own-check")
    assert check is not None
    assert check.title == "A check of our own"
    assert find("former-id") is check


def test_a_built_in_check_is_found_and_no_other_is_loaded() -> None:
    code = (
        "import sys; from auditor.packs import CheckFinder; print(CheckFinder()('redis-no-tls').id);"
        "print(*sorted({m.split('.')[1] for m in sys.modules if m.startswith('auditor_pack_') and '.' in m}))"
    )
    output = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert output.split() == ["redis-no-tls", "redis"]
