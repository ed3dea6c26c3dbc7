"""Files put together, and what is in force for which path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.inventory.views import HostView
from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.iis import IIS, Iis


class NoFiles:
    """A tree without files."""

    def source(self, path: str) -> Source | None:
        del path
        return None

    def paths(self, folder: str) -> list[str]:
        del folder
        return []


_DEBUG = '<configuration><system.web><compilation debug="true"/></system.web></configuration>'
_BROWSE = "system.webServer/directoryBrowse"


def services(**files: str) -> list[Iis]:
    """Scan files named with `__` for `/`; names without a dot, but Dockerfile, are .config files."""
    whole = {name: "." in name or name == "Dockerfile" for name in files}
    tree = {name.replace("__", "/") + ("" if whole[name] else ".config"): text for name, text in files.items()}
    estate = take_estate(MemoryTree(tree))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Iis)]


def browse(value: str, around: str = "{}") -> str:
    inner = f'<system.webServer><directoryBrowse enabled="{value}"/></system.webServer>'
    return f"<configuration>{around.format(inner)}</configuration>"


def host(
    *, physical: str = r"D:\sites\records", more: str = "", binding: str = "https/*:443:", declared: str = ""
) -> str:
    protocol, _, information = binding.partition("/")
    return (
        f"<configuration>{declared}<system.applicationHost><sites>"
        f'<site name="records"><application path="/"><virtualDirectory path="/" physicalPath="{physical}"/></application>'
        f'<bindings><binding protocol="{protocol}" bindingInformation="{information}"/></bindings></site>'
        f"</sites></system.applicationHost>{more}</configuration>"
    )


def in_force(service: Iis) -> dict[str, str | Unknown]:
    return {value.scope.path: value.text for value in service.values(_BROWSE, "enabled")}


def test_a_default_of_the_server_is_not_known_without_it() -> None:
    (service,) = services(web="<configuration><system.webServer/></configuration>")
    assert isinstance(in_force(service)[""], Unknown)
    assert service.exposure.reach is Reach.UNKNOWN


def test_a_default_of_the_framework_is_known() -> None:
    (service,) = services(web="<configuration><system.web/></configuration>")
    assert [value.text for value in service.values("system.web/compilation", "debug")] == ["false"]


@pytest.mark.parametrize("path", ["exports", "/exports/", "Exports"])
def test_a_location_sets_what_differs(path: str) -> None:
    inner = f'<system.webServer><directoryBrowse enabled="false"/></system.webServer><location path="{path}">{{}}</location>'
    (service,) = services(web=browse("true", inner))
    assert in_force(service) == {"": "false", path.strip("/"): "true"}


@pytest.mark.parametrize("attributes", ["", 'path="."', 'path="" inheritInChildApplications="false"'])
def test_a_location_for_the_folder_itself(attributes: str) -> None:
    (service,) = services(web=browse("true", f"<location {attributes}>{{}}</location>"))
    assert in_force(service) == {"": "true"}


def test_the_file_of_a_folder_belongs_to_the_application_above() -> None:
    (service,) = services(src__web=browse("false"), src__scans__web=browse("true"))
    assert in_force(service) == {"": "false", "scans": "true"}
    assert service.consumed == {"src/web.config", "src/scans/web.config"}


@pytest.mark.parametrize("own", [{"src__api__Api.csproj": "<Project/>"}, {}])
def test_an_application_below_another_stands_alone(own: dict[str, str]) -> None:
    inner = browse("true") if own else "<configuration><system.web><sessionState/></system.web></configuration>"
    found = services(src__web=browse("false"), src__api__web=inner, **own)
    assert [each.component for each in found] == ["src/web.config", "src/api/web.config"]


def test_the_server_gives_defaults_and_locations_to_its_site() -> None:
    more = '<location path="records/scans"><system.webServer><directoryBrowse enabled="true"/></system.webServer></location>'
    application, server = services(applicationHost=host(more=more), src__records__web=browse("false"))
    assert in_force(application) == {"": "false"}
    assert in_force(server) == {"": "false", "records/scans": "true"}
    assert application.exposure.reach is Reach.HOST_NETWORK
    value = application.top.value("system.webServer/httpErrors", "errorMode")
    assert (value.text, value.layer) == ("DetailedLocalOnly", None)


def test_a_usual_folder_name_does_not_tell_the_site() -> None:
    application, server = services(
        applicationHost=host(physical=r"C:\inetpub\records\wwwroot"), billing__wwwroot__web=browse("false")
    )
    assert isinstance(application.top.value("system.webServer/httpErrors", "errorMode").text, Unknown)
    assert isinstance(server.sites, tuple)
    assert isinstance(server.sites[0].content, Unknown)


_SECTION = (
    '<configSections><sectionGroup name="system.webServer">'
    '<section name="directoryBrowse" overrideModeDefault="{}"/></sectionGroup></configSections>'
)
_UNLOCK = '<location path="{}" overrideMode="{}"><system.webServer><directoryBrowse/></system.webServer></location>'


@pytest.mark.parametrize(
    ("declared", "more", "refused"),
    [
        (_SECTION.format("Deny"), "", True),
        (_SECTION.format("Allow"), "", False),
        (_SECTION.format("Deny"), _UNLOCK.format("", "Allow"), False),
        (_SECTION.format("Deny"), _UNLOCK.format("records", "Allow"), False),
        (_SECTION.format("Deny"), _UNLOCK.format("billing", "Allow"), True),
        (_SECTION.format("Allow"), _UNLOCK.format("records", "Deny"), True),
        ("", "", False),
    ],
)
def test_locked_sections_are_refused(declared: str, more: str, refused: bool) -> None:
    application, _ = services(applicationHost=host(declared=declared, more=more), records__web=browse("false"))
    assert bool(application.refused) is refused


@pytest.mark.parametrize(
    ("transforms", "value"),
    [
        ({"Web.Release": '<compilation xdt:Transform="RemoveAttributes(debug)"/>'}, "false"),
        ({"Web.Debug": '<compilation debug="false" xdt:Transform="SetAttributes"/>'}, "true"),
        ({"Web.Staging": '<compilation debug="false" xdt:Transform="SetAttributes"/>'}, None),
        ({"Web.Staging": '<pages xdt:Transform="Remove"/>'}, "true"),
        ({"Web.Release": '<compilation xdt:Transform="Remove" xdt:Locator="Condition(@debug)"/>'}, None),
        (
            {
                "Web.Release": '<compilation xdt:Transform="RemoveAttributes(debug)"/>',
                "Web.Production": '<compilation debug="true" xdt:Transform="SetAttributes"/>',
            },
            "true",
        ),
    ],
)
def test_the_published_file_is_judged(transforms: dict[str, str], value: str | None) -> None:
    files = {
        f"{name}.config": f'<configuration xmlns:xdt="x"><system.web>{body}</system.web></configuration>'
        for name, body in transforms.items()
    }
    (service,) = services(**{"Web.config": _DEBUG}, **files)
    text = service.top.value("system.web/compilation", "debug").text
    assert text == value if value is not None else isinstance(text, Unknown)


def test_a_section_in_a_file_of_its_own() -> None:
    web = '<configuration><connectionStrings configSource="config\\db.config"/></configuration>'
    part = '<connectionStrings><add name="records" connectionString="Server=a"/></connectionStrings>'
    (service,) = services(web=web, config__db=part)
    assert [item.key for item in service.top.items("connectionStrings", "name")] == ["records"]
    assert "config/db.config" in service.consumed
    (service,) = services(web=web)
    assert isinstance(service.top.reason_unknown("connectionStrings"), Unknown)


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ('<add name="A"/><add name="b"/>', ["a", "b"]),
        ('<add name="a"/><remove name="A"/>', []),
        ('<add name="a"/><clear/><add name="b"/>', ["b"]),
    ],
)
def test_collections(body: str, keys: list[str]) -> None:
    (service,) = services(web=f"<configuration><connectionStrings>{body}</connectionStrings></configuration>")
    assert [item.key for item in service.top.items("connectionStrings", "name")] == keys


def test_retail_of_the_machine() -> None:
    machine = '<configuration><system.web><deployment retail="true"/></system.web></configuration>'
    of_all, application = services(web=_DEBUG, server__machine=machine, server__web="<configuration/>")
    assert (application.retail, of_all.component) == (True, "server/machine.config")
    assert of_all.consumed == {"server/machine.config", "server/web.config"}


def test_what_the_machine_sets_is_reported_once() -> None:
    of_all, application = services(web="<configuration/>", server__machine=_DEBUG)
    assert application.top.value("system.web/compilation", "debug").text == "true"
    assert not list(application.values("system.web/compilation", "debug"))
    assert [value.text for value in of_all.values("system.web/compilation", "debug")] == ["true"]


def test_a_broken_file_of_a_folder_is_refused_for_that_folder() -> None:
    above, below = services(src__web=_DEBUG, src__scans__web="<configuration><a></configuration>")
    assert (len(above.refused), len(below.refused)) == (0, 1)


_REDIRECT = (
    '<rewrite><rules><rule name="a"><match url=".*"/><action type="Redirect" url="https://{HTTP_HOST}/"/></rule></rules>'
    "</rewrite>"
)


@pytest.mark.parametrize(
    ("binding", "inner", "sends"),
    [
        ("http/*:80:", "", False),
        ("http/*:80:", _REDIRECT, True),
        ("http/*:80:", _REDIRECT.replace('name="a"', 'name="a" enabled="false"'), False),
        ("http/*:80:", _REDIRECT.replace("https:", "http:"), False),
        ("http/*:80:", '<security><access sslFlags="Ssl"/></security>', True),
        ("http/*:80:", '<security><access sslFlags="SslNegotiateCert"/></security>', False),
        ("http/*:80:", '<httpRedirect enabled="true" destination="https://records.example"/>', True),
        ("http/*:80:", '<httpRedirect enabled="false" destination="https://records.example"/>', False),
    ],
)
def test_what_becomes_of_http(binding: str, inner: str, sends: bool) -> None:
    web = f"<configuration><system.webServer>{inner}</system.webServer></configuration>"
    _, server = services(applicationHost=host(binding=binding), records__web=web)
    assert isinstance(server.sites, tuple)
    assert server.sites[0].sends_to_https is sends


@pytest.mark.parametrize(
    ("information", "local"),
    [("127.0.0.1:8080:", True), ("[::1]:8080:", True), ("*:80:", False), (":80:", False), ("*:80:localhost", False)],
)
def test_bindings(information: str, local: bool) -> None:
    (server,) = services(applicationHost=host(binding=f"http/{information}"))
    assert isinstance(server.sites, tuple)
    (binding,) = server.sites[0].bindings
    assert (binding.is_local, binding.port in {"80", "8080"}) == (local, True)


_IMAGE = "mcr.microsoft.com/dotnet/framework/aspnet:4.8"


@pytest.mark.parametrize(
    "dockerfile",
    [
        f"FROM {_IMAGE}\nWORKDIR /inetpub/wwwroot\nCOPY site/ .\n",
        f"# escape=`\nFROM {_IMAGE}\nWORKDIR C:\\inetpub\\wwwroot\nCOPY site/ .\n",
        f"FROM {_IMAGE}\nCOPY site/Web.config C:/inetpub/wwwroot/Web.config\n",
    ],
)
def test_a_container_runs_the_file_as_it_is(dockerfile: str) -> None:
    release = (
        '<configuration xmlns:xdt="x"><system.web><compilation xdt:Transform="Remove"/></system.web></configuration>'
    )
    compose = "services:\n  portal:\n    build: .\n    ports: ['80:80']\n"
    files = {"site__Web.config": _DEBUG, "site__Web.Release.config": release, "compose.yaml": compose}
    (service,) = services(**files, Dockerfile=dockerfile)
    assert (service.component, service.exposure.reach) == ("portal", Reach.PUBLISHED)
    assert service.top.value("system.web/compilation", "debug").text == "true"


def test_iis_express_is_no_server() -> None:
    (service,) = services(**{".vs__config__applicationhost.config": host(), "records__web": browse("false")})
    assert isinstance(service.sites, Unknown)


def test_the_file_inside_a_config_map_is_mounted() -> None:
    manifest = f"""
apiVersion: v1
kind: ConfigMap
metadata: {{name: portal}}
data:
  web.config: |
    {_DEBUG}
---
apiVersion: v1
kind: Pod
metadata: {{name: portal}}
spec:
  containers:
  - name: web
    image: {_IMAGE}
    volumeMounts:
    - {{name: site, mountPath: 'C:\\inetpub\\wwwroot\\web.config', subPath: web.config}}
  volumes:
  - name: site
    configMap: {{name: portal}}
"""
    (service,) = services(**{"pod.yaml": manifest})
    (value,) = service.values("system.web/compilation", "debug")
    assert (service.origin, value.text, value.at.line) == ("kubernetes", "true", 7)


def test_what_a_package_adds_is_no_application() -> None:
    assert not services(**{"content__web.config.transform": _DEBUG})


@pytest.mark.parametrize("name", ["web.config.j2", "web.config.example"])
def test_a_template_is_judged_where_the_file_itself_is_not_there(name: str) -> None:
    assert len(services(**{name: _DEBUG})) == 1
    (service,) = services(**{name: _DEBUG, "web.config": browse("false")})
    assert service.component == "web.config"


_PATHS = st.lists(st.sampled_from(["a", "b"]), max_size=3).map("/".join)


@given(st.dictionaries(_PATHS, st.booleans(), min_size=1))
def test_the_nearest_location_decides(values: dict[str, bool]) -> None:
    locations = [
        f'<location path="{path}"><system.webServer><directoryBrowse enabled="{str(value).lower()}"/></system.webServer>'
        "</location>"
        for path, value in values.items()
    ]
    source = Source(path="web.config", text=f"<configuration>{''.join(locations)}</configuration>")
    (service,) = IIS.from_files([IIS.parse(source)], {"web.config": HostView("web.config", NoFiles())})
    assert isinstance(service, Iis)
    for scope in service.scopes:
        parts = scope.path.split("/") if scope.path else []
        above = ["/".join(parts[:count]) for count in range(len(parts), -1, -1)]
        nearest = next((values[path] for path in above if path in values), None)
        text = scope.value(_BROWSE, "enabled").text
        assert isinstance(text, Unknown) if nearest is None else text == str(nearest).lower()
