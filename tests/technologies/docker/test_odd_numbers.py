"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_ports_of_addresses(number: str) -> None:
    report = scan(
        {"etc/docker/daemon.json": f'{{"hosts": ["tcp://0.0.0.0:{number}"], "metrics-addr": "0.0.0.0:{number}"}}\n'}
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {
        "etc/docker/daemon.json"
    }


@pytest.mark.parametrize(
    "text", ["[1]\n", '"x"\n', 'ts": "x"\n}\n', "{{ a }}: [\n"], ids=["list", "text", "cut", "template"]
)
def test_a_unit_loads_a_file_that_is_no_object(text: str) -> None:
    unit = "[Service]\nExecStart=/usr/bin/dockerd -H tcp://0.0.0.0:2375\n"
    options = 'DOCKER_OPTS="-H tcp://0.0.0.0:2375"\n'
    for files in ({"etc/systemd/system/docker.service": unit}, {"etc/default/docker": options}):
        report = scan({**files, "etc/docker/daemon.json": text}).report
        assert not [found for found in report.diagnostics if found.kind == "check-error"]
        assert any(component.technology == "docker" for component in report.components)
