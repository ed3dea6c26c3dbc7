"""What Prometheus and Alertmanager connect to: jobs, remote storage, webhooks, mail servers.

Sources: Prometheus 2.53 documentation, "Configuration" (`scheme` is http by default, `<tls_config>`); Alertmanager 0.27
documentation, "Configuration" (`smtp_require_tls` is true by default); `notify/email/email.go` of Alertmanager 0.27
(port 465 is TLS from the start; without `require_tls` it does not ask for STARTTLS).
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback

_LOGINS: Final = ("basic_auth", "authorization", "bearer_token", "bearer_token_file", "oauth2", "sigv4", "azuread")
_MASKED: Final = Unknown("a template expression")
_TLS_FROM_THE_START: Final = ":465"


@dataclass(frozen=True, kw_only=True)
class Client:
    """One thing that is asked or told over HTTP. `what` names it; `hosts` are empty where discovery finds them."""

    what: str
    kind: str
    scheme: str | Unknown
    hosts: tuple[str, ...] | Unknown
    logs_in: bool
    skips_verification: bool | Unknown
    at: Location
    scheme_at: Location
    skip_at: Location

    @property
    def is_elsewhere(self) -> bool | Unknown:
        """Whether another host or container is asked; what discovery finds is taken for such."""
        return (
            self.hosts if isinstance(self.hosts, Unknown) else not self.hosts or not all(map(is_loopback, self.hosts))
        )

    @property
    def is_far(self) -> bool:
        """Whether a host has a name with a domain or an address: not just another container's name."""
        return isinstance(self.hosts, tuple) and any("." in host and not is_loopback(host) for host in self.hosts)


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail server that alerts go to."""

    host: str | Unknown
    requires_tls: bool | Unknown
    logs_in: bool
    at: Location

    @property
    def is_elsewhere(self) -> bool | Unknown:
        """Whether it is another machine's."""
        return self.host if isinstance(self.host, Unknown) else not is_loopback(self.host.rpartition(":")[0])


def clients_of_prometheus(root: Mapping) -> Iterator[Client]:
    """Yield what a prometheus.yml has asked or told."""
    for key, kind in (("scrape_configs", "job"), ("remote_write", "remote write"), ("remote_read", "remote read")):
        listed = root.sequence(key)
        for number, item in enumerate(listed.mappings() if listed is not None else ()):
            name = item.text("job_name") or item.text("name") or str(number + 1)
            yield _client(f"the {kind} {name}", kind, item)
    alerting = root.sequence("alerting", "alertmanagers")
    for item in alerting.mappings() if alerting is not None else ():
        yield _client("Alertmanager", "alertmanager", item)


def clients_of_alertmanager(root: Mapping) -> Iterator[Client]:
    """Yield the webhooks of an alertmanager.yml; `http_config` of `global` holds where a receiver has none."""
    common = root.mapping("global", "http_config")
    receivers = root.sequence("receivers")
    for receiver in receivers.mappings() if receivers is not None else ():
        name = receiver.text("name") or "unnamed"
        for key, _ in receiver:
            items = receiver.sequence(key.text) if key.text.endswith("_configs") else None
            for item in items.mappings() if items is not None else ():
                http = item.mapping("http_config") or common
                if key.text != "webhook_configs" and http is None:
                    continue
                yield _client(f"the receiver {name}", key.text.removesuffix("_configs"), item, http)


def mail_of(root: Mapping) -> Iterator[Mail]:
    """Yield the mail servers of an alertmanager.yml that receivers use."""
    receivers = root.sequence("receivers")
    for receiver in receivers.mappings() if receivers is not None else ():
        listed = receiver.sequence("email_configs")
        for item in listed.mappings() if listed is not None else ():
            host = item.scalar("smarthost") or root.scalar("global", "smtp_smarthost")
            tls = item.scalar("require_tls") or root.scalar("global", "smtp_require_tls")
            user = item.scalar("auth_username") or root.scalar("global", "smtp_auth_username")
            if host is None:
                continue
            answer = tls.as_bool() if tls is not None else True
            if answer is None or host.text.endswith(_TLS_FROM_THE_START):
                answer = True
            yield Mail(
                host=host.value,
                requires_tls=answer,
                logs_in=user is not None,
                at=tls.at if tls is not None else host.at,
            )


def _client(what: str, kind: str, item: Mapping, http: Mapping | None = None) -> Client:
    settings = http if http is not None else item
    url, scheme = item.scalar("url"), item.scalar("scheme")
    skip = settings.scalar("tls_config", "insecure_skip_verify")
    skips = skip.as_bool() if skip is not None else False
    return Client(
        what=what,
        kind=kind,
        scheme=_scheme(item, url, scheme),
        hosts=_hosts(item, url),
        logs_in=any(settings.get(key) is not None for key in _LOGINS) or _has_login(url),
        skips_verification=False if skips is None else skips,
        at=item.at,
        scheme_at=(scheme or url or item).at,
        skip_at=skip.at if skip is not None else item.at,
    )


def _scheme(item: Mapping, url: Scalar | None, scheme: Scalar | None) -> str | Unknown:
    if url is not None:
        return _MASKED if HOLE in url.text else url.text.partition(":")[0].lower()
    relabelled = item.sequence("relabel_configs")
    if relabelled is not None and any(each.text("target_label") == "__scheme__" for each in relabelled.mappings()):
        return Unknown("relabelling sets the scheme")
    return scheme.value if scheme is not None else "http"


def _hosts(item: Mapping, url: Scalar | None) -> tuple[str, ...] | Unknown:
    listed = item.sequence("static_configs")
    texts = [url.text] if url is not None else []
    for group in listed.mappings() if listed is not None else ():
        targets = group.sequence("targets")
        texts += [f"//{target.text}" for target in targets.scalars()] if targets is not None else []
    if any(HOLE in text for text in texts):
        return _MASKED
    try:
        hosts = tuple(urlsplit(text).hostname or "" for text in texts)
    except ValueError:
        return Unknown("an address cannot be read")
    return () if any(key.endswith("_sd_configs") for key in item.keys()) else hosts  # noqa: SIM118  # no dict


def _has_login(url: Scalar | None) -> bool:
    return url is not None and "@" in url.text.partition("//")[2].partition("/")[0]
