"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_modes_of_files(number: str) -> None:
    report = scan(
        {
            "roles/a/tasks/main.yml": f"- name: Copy\n  ansible.builtin.copy:\n    src: a\n    dest: /b\n    mode: {number}\n"
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {
        "roles/a/tasks/main.yml"
    }
