"""Make facts of Spring Boot applications: of containers that run them, and of files that no container tells of."""

from collections.abc import Iterator, Sequence

from auditor.model.application import ApplicationSettings
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Variable, Workload

from . import names
from .document import SpringFile, Written, key_of
from .effective import Properties, active_profiles, filled_in, of_files, of_workload
from .profiles import is_development, is_production
from .projects import Project, built_in, mounted_in, projects_of
from .settings import SpringSettings, without_secrets

_PREFIXES = ("SPRING_", "MANAGEMENT_ENDPOINT")
_OTHERWISE = frozenset({"debug", "trace", "spring.jpa.hibernate.showsql"})
"""Names that mean something else elsewhere: `debug` makes Spring Boot's libraries log more, the last one nothing."""


def applications(files: Sequence[SpringFile], workloads: Sequence[Workload]) -> Iterator[Fact]:
    """Yield the settings of every application, for Spring's own checks and for those of all applications."""
    projects = projects_of(files)
    running: set[str] = set()
    for workload in workloads:
        if workload.role is Role.INIT:
            continue
        built = built_in(workload, projects)
        mounted = mounted_in(workload, projects)
        loaded = ([built] if built is not None else []) + mounted
        if loaded or any(name.startswith(_PREFIXES) for name in workload.environment):
            running |= {project.root for project in loaded}
            yield from _of_workload(workload, loaded, is_whole=built is not None)
    for project in projects:
        if project.root not in running:
            yield from _of_files(project)


def _of_workload(workload: Workload, projects: Sequence[Project], *, is_whole: bool) -> Iterator[Fact]:
    undecided = None if is_whole else "the application in the image may set it"
    if workload.environment_open is not None or "SPRING_APPLICATION_JSON" in workload.environment:
        undecided = "variables that are not in the scanned files may set it"
    every = {written.name for project in projects for file in project.files for written in _all(file)}
    overriding = of_workload(workload, [*names.JUDGED, *every])
    base: Properties = {}
    for project in projects:
        base |= of_files(project.files, ())
    active = active_profiles({**base, **overriding})
    if isinstance(active, Unknown):
        undecided, active = f"the active profiles are not known: {active.reason}", ()
    if active and all(is_development(name) for name in active):
        return
    properties: Properties = {}
    for project in projects:
        properties |= of_files(project.files, active)
    merged = filled_in({**properties, **overriding}, workload.environment)
    yield SpringSettings(
        component=workload.component,
        technology="spring",
        at=workload.at,
        properties=without_secrets(merged),
        profiles=active,
        undecided=undecided,
    )
    in_files = {key: written for key, written in merged.items() if key not in overriding}
    if in_files:
        yield _for_all_applications(workload.component, workload, in_files)


def _of_files(project: Project) -> Iterator[Fact]:
    """Yield an application for what is active by default, or for production, and one for every other profile.

    Properties that several of them have in common are judged with the first.
    """
    base = of_files(project.files, ())
    active = active_profiles(base)
    if isinstance(active, Unknown):
        active = ()
    named = _profiles_of(project)
    productive = [name for name in named if is_production(name)]
    others = [name for name in named if not is_production(name) and not is_development(name) and name not in active]
    included = tuple(name for name in active if not is_development(name) and name not in productive)
    runs = [(*included, name) for name in productive] or [active]
    judged: set[Location] = set()
    for profiles in [*runs, *((*included, name) for name in others)]:
        if profiles and all(is_development(name) for name in profiles):
            profiles = ()  # noqa: PLW2901  # what a developer's profile adds is not for patients' data
        properties = filled_in(of_files(project.files, profiles), {})
        own = {key: written for key, written in properties.items() if written.at not in judged}
        if not own:
            continue
        first = _file_of(project, profiles, {written.at.path for written in own.values()})
        settings = SpringSettings(
            component=first.path,
            technology="spring",
            at=first.at(),
            properties=without_secrets(properties),
            profiles=profiles,
            elsewhere=frozenset(judged),
        )
        yield settings
        yield _for_all_applications(first.path, settings, own)
        judged |= {written.at for written in own.values()}


def _file_of(project: Project, profiles: tuple[str, ...], paths: set[str]) -> Source:
    """Return the file that names an application: of its profile, else the first one that sets something."""
    own = [file for file in project.files if file.source.path in paths]
    return next((file for file in own if file.profile in profiles), own[0]).source


def _profiles_of(project: Project) -> list[str]:
    """Return the profiles that files or documents are for, in order."""
    found = [file.profile for file in project.files if file.profile]
    for file in project.files:
        for section in file.sections:
            if section.profiles and not set(section.profiles) & set("!&|("):
                found += [name.strip() for name in section.profiles.split(",")]
    return list(dict.fromkeys(name for name in found if name and name != "default"))


def _all(file: SpringFile) -> Iterator[Written]:
    for section in file.sections:
        yield from section.written


def _for_all_applications(component: str, fact: Fact, properties: Properties) -> ApplicationSettings:
    return ApplicationSettings(
        component=component,
        technology="spring",
        at=fact.at,
        variables={
            written.name: Variable(name=written.name, value=written.value, at=written.at)
            for key, written in properties.items()
            if key not in _OTHERWISE and key_of(written.name) == key
        },
    )
