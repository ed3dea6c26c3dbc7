"""Servers and set-up scripts of MinIO in files and containers.

Sources: MinIO documentation (2024), "MinIO Server" settings and "Network Encryption (TLS)"; `docker-entrypoint.sh` and
`cmd/common-main.go` of minio/minio RELEASE.2024; bitnami/containers `libminio.sh` for that image's folders.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.numbers import is_whole_number
from auditor.model.secret import Secret, seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, MountKind, Variable, Workload
from auditor.patterns import lazy
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import Program, start_of
from auditor.technologies.document import FileView
from auditor.technologies.recognition.minio import OPENS_BUCKET

from .document import MinioEnvironment, MinioScript, read_document
from .service import Minio, MinioSetup, OpenBucket

_SECRET: Final = lazy(r"MINIO_(?:ROOT_PASSWORD|SECRET_KEY|KMS_SECRET_KEY|.*_(?:PASSWORD|SECRET|TOKEN|SECRET_KEY))")
_IMAGE: Final = Program(takes=lambda word: word != "minio" and "/" not in word and not word.endswith("sh"))
_CERTIFICATES: Final = ("/root/.minio/certs", "/certs", "/opt/bitnami/minio/certs", "/etc/minio/certs")
_LEAST_USER, _LEAST_PASSWORD = 3, 8
"""Characters below which the server does not start."""


def _settings(variables: Iterable[Variable]) -> Settings:
    settings = Settings()
    for variable in variables:
        if not variable.name.startswith("MINIO_"):
            continue
        secret = _SECRET.fullmatch(variable.name) and isinstance(variable.value, str)
        value = seal(str(variable.value)) if secret else variable.value
        if isinstance(value, Unknown) and (variable.reference or "").startswith(("Secret ", "ConfigMap ")):
            value = Unknown(f"it comes from {variable.reference}")
        settings.set(Setting(variable.name, value, Origin.ENVIRONMENT, variable.at))
    return settings


def file_server(document: MinioEnvironment) -> Minio:
    """Return the server that the package's service starts with this file."""
    settings = _settings(document.variables)
    options = settings.get("MINIO_OPTS")
    words = options.value.split() if options is not None and isinstance(options.value, str) else []
    volumes = settings.get("MINIO_VOLUMES")
    server = Minio(
        component=document.source.path,
        technology="minio",
        at=document.source.at(),
        settings=settings,
        consumed=frozenset([document.source.key]),
        volumes=_texts(volumes) if volumes is not None else Unknown("MINIO_VOLUMES is not in the file"),
        has_certificates=Unknown("which certificates there are is not in the scanned files"),
    )
    address = _after(words, "--address") or ""
    return replace(
        server,
        refused=_refused(server),
        exposure=exposure_of([address.rpartition(":")[0].strip("[]")], (9000,), None, None),
    )


def _texts(setting: Setting) -> tuple[str, ...] | Unknown:
    value = setting.value
    if isinstance(value, str):
        return tuple(value.split())
    return value if isinstance(value, Unknown) else Unknown("the volumes are not known")


def _after(words: Sequence[str], name: str) -> str | None:
    for place, word in enumerate(words):
        if word == name and place + 1 < len(words):
            return words[place + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def container_server(workload: Workload, view: FileView) -> Minio | None:
    """Return the server that a container runs, None if it runs another program."""
    repository = workload.image_repository or ""
    is_bitnami = repository.startswith(("bitnami/", "bitnamilegacy/", "bitnamisecure/"))
    start = start_of(workload, {"minio"}, _IMAGE if workload.image_name == "minio" else None)
    if start is None:
        return None
    words = list(start.words)
    texts = [word.value for word in words if isinstance(word.value, str)]
    if "server" not in texts[:1] and not (is_bitnami and start.by_image) and _first(texts) != "server":
        return None
    settings = _settings(workload.environment.values())
    incomplete = f"its environment is also read from {workload.environment_open}" if workload.environment_open else ""
    consumed: set[str] = set()
    file = settings.get("MINIO_CONFIG_ENV_FILE")
    if file is not None and file.value != "":
        found = view.open(file.value) if isinstance(file.value, str) else None
        if isinstance(found, Source):
            consumed.add(found.key)
            for setting in _settings(read_document(found).variables).values():
                settings.set(setting)
        else:
            incomplete = "the file of MINIO_CONFIG_ENV_FILE is not in the scanned files"
    folder = _after(texts, "--certs-dir") or _after(texts, "-S")
    server = Minio(
        component=workload.component,
        technology="minio",
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        settings=settings,
        incomplete="template expressions may set it" if workload.templated else incomplete,
        consumed=frozenset(consumed),
        in_container=not workload.on_host,
        volumes=_volumes(words, settings, is_bitnami=is_bitnami),
        has_certificates=_certificates(workload, (folder,) if folder else _CERTIFICATES),
        workload=workload,
    )
    address = _after(texts, "--address") or settings_text(settings, "MINIO_ADDRESS") or ":9000"
    host, _, port = address.rpartition(":")
    exposure = exposure_of([host.strip("[]")], (int(port) if is_whole_number(port) else 9000,), workload, None)
    return replace(server, refused=_refused(server), exposure=exposure)


def _first(texts: Sequence[str]) -> str:
    return next((text for text in texts if not text.startswith("-")), "")


def settings_text(settings: Settings, name: str) -> str:
    """Return a variable's text, "" if it is not set or not known."""
    setting = settings.get(name)
    return setting.value if setting is not None and isinstance(setting.value, str) else ""


def _volumes(words: Sequence[Located[str]], settings: Settings, *, is_bitnami: bool) -> tuple[str, ...] | Unknown:
    if is_bitnami:
        return Unknown("the image's script decides the volumes")
    found: list[str] = []
    skip = False
    for word in words:
        if isinstance(word.value, Unknown):
            return word.value
        text = word.value
        if skip:
            skip = False
        elif text.startswith("-"):
            skip = "=" not in text and text not in {"--quiet", "--json", "--anonymous", "-q"}
        elif text != "server" or found:
            found.append(text)
    volumes = settings.get("MINIO_VOLUMES") or settings.get("MINIO_ENDPOINTS")
    return _texts(volumes) if volumes is not None and not found else tuple(found)


def _certificates(workload: Workload, folders: Sequence[str]) -> bool | Unknown:
    for mount in workload.mounts:
        target = mount.target.rstrip("/")
        if any(target == folder or target.startswith(f"{folder}/") for folder in folders):
            return True
        if mount.kind is not MountKind.VOLUME and any(folder.startswith(f"{target}/") for folder in folders):
            return Unknown(f"what is mounted at {target} may hold a certificate")
    return False


def _refused(server: Minio) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for setting, least in ((server.user, _LEAST_USER), (server.password, _LEAST_PASSWORD)):
        if setting is None or setting.at is None or setting.name.endswith("_FILE"):
            continue
        length = setting.value.length if isinstance(setting.value, Secret) else None
        if isinstance(setting.value, str):
            length = len(setting.value)
        if length is not None and length < least:
            found.append(Problem(at=setting.at, message=f"expected at least {least} characters in {setting.name}"))
    return tuple(found)


def setup_of(workload: Workload) -> MinioSetup | None:
    """Return the set-up script that a container runs with `mc`, None if it runs none."""
    found: list[OpenBucket] = []
    words = [word for word in workload.arguments if isinstance(word.value, str)]
    for word in words:
        found += [OpenBucket(match[1], word.at) for match in OPENS_BUCKET.finditer(str(word.value))]
    joined = " ".join(str(word.value) for word in words)
    match = OPENS_BUCKET.search(joined)
    if match is not None and not found:
        found.append(OpenBucket(match[1], words[0].at))
    if not re.search(r"(?:^|[\s;&|/])mc\s", joined + " "):
        return None
    return MinioSetup(
        component=workload.component,
        technology="minio",
        at=workload.at,
        origin=workload.origin,
        exposure=Exposure(reach=Reach.UNKNOWN, reason="which server it sets up is not known"),
        open_buckets=tuple(found),
    )


def setup_of_script(script: MinioScript) -> MinioSetup:
    """Return what a script in the tree sets up."""
    return MinioSetup(
        component=script.source.path,
        technology="minio",
        at=script.source.at(),
        consumed=frozenset([script.source.key]),
        exposure=Exposure(reach=Reach.UNKNOWN, reason="which server it sets up is not known"),
        open_buckets=tuple(OpenBucket(rights, at) for rights, at in script.opened),
    )
