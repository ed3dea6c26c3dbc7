"""Which files are configuration of IIS and ASP.NET."""

import pytest

from auditor.technologies.iis import IIS

_WEB = "<configuration><system.webServer/></configuration>"


@pytest.mark.parametrize(
    ("name", "head", "strength"),
    [
        ("web.config", _WEB, 3),
        ("web.config", "<?xml version='1.0'?>\n<!-- <root> -->\n<configuration>\n</configuration>", 2),
        ("web.release.config", "<configuration xmlns:xdt='x'><connectionStrings/></configuration>", 3),
        ("applicationhost.config", "<configuration><system.applicationHost/></configuration>", 3),
        ("machine.config", "<configuration><system.web/></configuration>", 2),
        ("web.config.j2", _WEB, 3),
        ("app.config", "<configuration><appSettings/></configuration>", 3),
        ("connections.config", "<connectionStrings><add name='a'/></connectionStrings>", 2),
        ("records.exe.config", "<configuration><appSettings/></configuration>", 2),
        ("site.publishsettings", "<publishData><publishProfile/></publishData>", 2),
        ("packages.config", "<packages/>", None),
        ("nuget.config", "<configuration><packageSources/></configuration>", None),
        ("jvm.config", "-Xmx4G", None),
        ("01-settings.config", "option_settings:\n  a: <b>", None),
        ("nlog.config", "<nlog/>", None),
        ("web.xml", "<web-app/>", None),
    ],
)
def test_recognition(name: str, head: str, strength: int | None) -> None:
    found = IIS.recognise(name, f"src/{name}", head)
    assert (found.strength if found else None) == strength
