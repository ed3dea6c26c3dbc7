"""The option files that a server finds in its container, and what the images put there themselves."""

from auditor.model.location import Location
from auditor.model.setting import Origin, Setting
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload

from .command import Invocation
from .command_line import Defaults
from .images import Environment
from .loader import Loaded

_BITNAMI_ENVIRONMENT = {
    "PORT_NUMBER": "port",
    "BIND_ADDRESS": "bind_address",
    "AUTHENTICATION_PLUGIN": "default_authentication_plugin",
    "SQL_MODE": "sql_mode",
}
"""Variables that Bitnami's scripts write into my.cnf."""


def apply_image(loaded: Loaded, workload: Workload, invocation: Invocation, words: Defaults) -> None:
    """Apply option files in the server's order: /etc/my.cnf, /etc/mysql/my.cnf, then the extra file.

    What an image's own files set is put in force where no file of the repository stands in their place.
    """
    at = words.at or workload.at
    if words.none:
        return
    if words.file is not None:
        _required(loaded, words.file, at)
        return
    family = invocation.image.family
    if family == "bitnami":
        _bitnami(loaded, workload, invocation)
    elif family:
        _usual(loaded, workload, family)
    elif workload.on_host:
        _of_host(loaded, at)
    else:
        reason = Unknown(f"what the image {workload.image_repository or 'of this container'} sets is not known")
        loaded.cloud(reason, workload.at, Origin.IMAGE)
        for path in ("/etc/my.cnf", "/etc/mysql/my.cnf"):
            _file(loaded, path, at)
        for folder in ("/etc/my.cnf.d", "/etc/mysql/conf.d", "/etc/mysql/mysql.conf.d", "/etc/mysql/mariadb.conf.d"):
            loaded.includes_of(folder, at, ("",))
    if words.extra is not None:
        _required(loaded, words.extra, at)


def _of_host(loaded: Loaded, at: Location) -> None:
    """Apply the host's option file: packages install one of the two, which may not be among the scanned files."""
    paths = ("/etc/my.cnf", "/etc/mysql/my.cnf")
    scanned = [path for path in paths if isinstance(loaded.view.open(path), Source)]
    for path in scanned:
        _file(loaded, path, at)
    if not scanned:
        loaded.cloud(Unknown("the host's option files are not in the scanned files"), at, Origin.FILE)


def _usual(loaded: Loaded, workload: Workload, family: str) -> None:
    at = workload.at
    is_mariadb = loaded.product == "mariadb"
    first = _file(loaded, "/etc/my.cnf", at)
    if family == "official":
        source = f"option files of the image {workload.image_repository}"
        own = {"skip_name_resolve": "ON", "user": "mysql"}
        for name, value in own.items():
            if loaded.settings[name].origin is Origin.DEFAULT:
                loaded.settings.set(Setting(name=name, value=value, origin=Origin.IMAGE, source=source))
    # Images on Oracle Linux have /etc/my.cnf, which includes a folder; those on Debian and Ubuntu /etc/mysql/my.cnf.
    is_debian = (
        is_mariadb or (loaded.version is not None and loaded.version < (8, 0)) or "debian" in (workload.image_tag or "")
    )
    if not first and not is_debian:
        loaded.includes_of("/etc/mysql/conf.d", at, ("",))
        loaded.includes_of("/etc/my.cnf.d", at, ("",))
    second = _file(loaded, "/etc/mysql/my.cnf", at)
    if is_mariadb and not second:
        second = _file(loaded, "/etc/mysql/mariadb.cnf", at)
    if is_debian and not second:
        loaded.includes_of("/etc/mysql/conf.d", at, ("",))
        loaded.includes_of("/etc/mysql/mariadb.conf.d" if is_mariadb else "/etc/mysql/mysql.conf.d", at, ("",))


def _bitnami(loaded: Loaded, workload: Workload, invocation: Invocation) -> None:
    folder = f"/opt/bitnami/{loaded.product}/conf"
    if not _file(loaded, f"{folder}/my.cnf", workload.at):
        source = "libmysql.sh of bitnami/containers"
        for name, own in {"bind_address": "*", "skip_name_resolve": "ON"}.items():
            loaded.settings.set(Setting(name=name, value=own, origin=Origin.IMAGE, source=source))
        environment = Environment(workload, invocation.image)
        for variable, name in _BITNAMI_ENVIRONMENT.items():
            value, at = environment.value(*environment.names(variable))
            if value is not None and not (name == "default_authentication_plugin" and loaded.product != "mysql"):
                loaded.put(f"loose-{name}", value, at or workload.at, Origin.ENVIRONMENT)
    for path in (f"{folder}/my_custom.cnf", f"/bitnami/{loaded.product}/conf/my_custom.cnf"):
        if _file(loaded, path, workload.at):
            break
    environment = Environment(workload, invocation.image)
    mode, at = environment.value(*environment.names("REPLICATION_MODE"))
    if mode is not None:
        for name in ("log_bin", "sync_binlog"):
            loaded.put(name, mode if isinstance(mode, Unknown) else "1", at or workload.at, Origin.ENVIRONMENT)
    extra, at = environment.value(*environment.names("EXTRA_FLAGS"))
    if isinstance(extra, Unknown):
        loaded.cloud(extra, at or workload.at, Origin.ENVIRONMENT)
    elif extra:
        for word in extra.split():
            name, equals, value = word.removeprefix("--").partition("=")
            loaded.put(name, value if equals else None, at or workload.at, Origin.ENVIRONMENT)


def _file(loaded: Loaded, path: str, at: Location) -> bool:
    """Apply the file at `path` if one of the repository stands there; tell whether one does."""
    found = loaded.view.open(path)
    if isinstance(found, Unknown):
        loaded.cloud(found, at, Origin.FILE)
        return True
    if found is None:
        return False
    loaded.file(found)
    return True


def _required(loaded: Loaded, path: str, at: Location) -> None:
    if not _file(loaded, path, at):
        loaded.cloud(Unknown(f"{path} is not in the scanned files"), at, Origin.FILE)
