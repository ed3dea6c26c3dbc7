"""How Apache is started, and the configuration that images and distributions bring.

Sources: `httpd.conf` of the Docker Official Image httpd 2.4 (docker-library/httpd), `apache2.conf` and the files that
Debian's package 2.4.71 enables.
"""

import posixpath

from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass

OFFICIAL = """\
ServerRoot "/usr/local/apache2"
Listen 80
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authn_file_module modules/mod_authn_file.so
LoadModule authn_core_module modules/mod_authn_core.so
LoadModule authz_host_module modules/mod_authz_host.so
LoadModule authz_groupfile_module modules/mod_authz_groupfile.so
LoadModule authz_user_module modules/mod_authz_user.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule access_compat_module modules/mod_access_compat.so
LoadModule auth_basic_module modules/mod_auth_basic.so
LoadModule reqtimeout_module modules/mod_reqtimeout.so
LoadModule filter_module modules/mod_filter.so
LoadModule mime_module modules/mod_mime.so
LoadModule log_config_module modules/mod_log_config.so
LoadModule env_module modules/mod_env.so
LoadModule headers_module modules/mod_headers.so
LoadModule setenvif_module modules/mod_setenvif.so
LoadModule version_module modules/mod_version.so
LoadModule unixd_module modules/mod_unixd.so
LoadModule status_module modules/mod_status.so
LoadModule autoindex_module modules/mod_autoindex.so
LoadModule dir_module modules/mod_dir.so
LoadModule alias_module modules/mod_alias.so
<Directory />
AllowOverride none
Require all denied
</Directory>
DocumentRoot "/usr/local/apache2/htdocs"
<Directory "/usr/local/apache2/htdocs">
Options Indexes FollowSymLinks
AllowOverride None
Require all granted
</Directory>
<Files ".ht*">
Require all denied
</Files>
ErrorLog /proc/self/fd/2
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
CustomLog /proc/self/fd/1 common
ScriptAlias /cgi-bin/ "/usr/local/apache2/cgi-bin/"
<Directory "/usr/local/apache2/cgi-bin">
AllowOverride None
Options None
Require all granted
</Directory>
RequestHeader unset Proxy early
"""
"""What takes effect of the official image's httpd.conf."""

_PROGRAMS = {"httpd", "apache2", "httpd-foreground", "apache2-foreground", "apachectl", "apache2ctl"}


@dataclass(frozen=True)
class Start:
    """How a server is started: its main file, its server root, and the text that the image has there itself."""

    main: str
    root: str
    built_in: str | None
    modules_open: Unknown | None
    defines: tuple[str, ...] = ()
    version: str | None = None


def start_of(workload: Workload) -> Start | None:
    """Return how the workload starts Apache, None if it runs another program."""
    words = [word.value for word in workload.arguments]
    names = [posixpath.basename(word) for word in words if isinstance(word, str)]
    official = workload.image_repository == "httpd" and workload.is_official_image
    tag = workload.image_tag or ""
    php = workload.image_repository == "php" and workload.is_official_image and "apache" in tag
    runs = not words or any(name in _PROGRAMS for name in names[:4])
    if not runs or not (official or php or any(name in _PROGRAMS for name in names[:4])):
        return None
    options = _options(words)
    debian = php or any(name.startswith("apache2") for name in names[:4])
    root = "/usr/local/apache2" if official else "/etc/apache2" if debian else "/etc/httpd"
    main = f"{root}/apache2.conf" if debian else f"{root}/conf/httpd.conf"
    given = options.get("-f")
    if given is not None:
        main = given if given.startswith("/") else f"{root}/{given}"
    root = options.get("-d", root)
    built_in = OFFICIAL if official and given is None else None
    version = workload.image_version if official else None
    modules_open = None if official else Unknown("which modules the image loads is not known")
    defines = tuple(value for key, value in options.items() if key.startswith("-D"))
    return Start(main, root, built_in, modules_open, defines, version)


def _options(words: list[str | Unknown]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, word in enumerate(words):
        if not isinstance(word, str):
            continue
        following = words[place + 1] if place + 1 < len(words) else None
        if word in {"-f", "-d"} and isinstance(following, str):
            found[word] = following
        elif word.startswith("-D"):
            value = word[2:] or (following if isinstance(following, str) else "")
            found[f"-D{len(found)}"] = value
    return found
