"""What security.json says: how users log in, who they are, what they may do, and what is recorded.

Sources: Solr Reference Guide 9.9 and 10.0, "Configuring Authentication and Authorization", "Basic Authentication
Plugin", "JWT Authentication Plugin", "Audit Logging"; `BasicAuthPlugin`, `JWTAuthPlugin`, `MultiAuthPlugin` and
`CertAuthPlugin` of Solr 9.9; "Major Changes in Solr 9" and "10" for the defaults of blockUnknown.
"""

from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from typing import Final

from auditor.formats.tree import Mapping, Node, Scalar
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass
from auditor.technologies.common.versions import Range

from .audit import Audit, read_audit
from .permissions import Rules, read_permissions
from .users import SolrUser, read_users

_TEMPLATE: Final = "a template expression supplies it"
_BASIC, _JWT, _MULTI = "BasicAuthPlugin", "JWTAuthPlugin", "MultiAuthPlugin"
_ALWAYS_ASK: Final = frozenset(
    {"KerberosPlugin", "HadoopAuthPlugin", "ConfigurableInternodeAuthHadoopPlugin", "CertAuthPlugin"}
)
"""Plugins that let nobody in without a log-in, whatever else is written."""
_RULE_BASED: Final = frozenset(
    {
        "RuleBasedAuthorizationPlugin",
        "ExternalRoleRuleBasedAuthorizationPlugin",
        "MultiAuthRuleBasedAuthorizationPlugin",
    }
)


@dataclass(frozen=True)
class Security:
    """The blocks of a security.json, as a server of one of `versions` understands them."""

    root: Mapping = field(repr=False)
    at: Location
    versions: Range

    def block(self, name: str) -> Mapping | Unknown | None:
        """Return a block (authentication, authorization, auditlogging), None where there is none."""
        node = self.root.get(name)
        if isinstance(node, Mapping):
            return node
        if self.root.is_open_at(name) or (isinstance(node, Scalar) and HOLE in node.text):
            return Unknown(_TEMPLATE)
        return None

    def where(self, *path: str) -> Location:
        """Return the place of what stands under `path`, of the closest block above it, or of the file."""
        for length in range(len(path), 0, -1):
            node = self.root.get(*path[:length])
            if isinstance(node, Scalar):
                return node.at
            parent = self.root.get(*path[: length - 1]) if length > 1 else self.root
            key = parent.key(path[length - 1]) if isinstance(parent, Mapping) else None
            if key is not None:
                return key.at
        return self.at

    @cached_property
    def plugins(self) -> tuple[tuple[str, Mapping], ...] | Unknown:
        """The plugins that log users in, each with its settings: one, or those of MultiAuthPlugin."""
        block = self.block("authentication")
        if isinstance(block, Unknown):
            return block
        if block is None:
            return ()
        name = plugin_name(block)
        if isinstance(name, Unknown):
            return name
        if name != _MULTI:
            return ((name, block),)
        schemes = block.sequence("schemes")
        found = [(plugin_name(scheme), scheme) for scheme in (schemes.mappings() if schemes is not None else ())]
        named = tuple((name, scheme) for name, scheme in found if isinstance(name, str))
        return named if len(named) == len(found) else Unknown(_TEMPLATE)

    @property
    def admits_unknown(self) -> bool | Unknown:
        """Whether requests without a log-in get past authentication (`blockUnknown` is false)."""
        plugins = self.plugins
        if isinstance(plugins, Unknown):
            return plugins
        if not plugins:
            return True
        block = self.root.mapping("authentication")
        if block is not None and plugin_name(block) == _MULTI:
            # The first scheme that says so gets requests without a header; one that a script of a page sends goes
            # to the first scheme of all, with its own default.
            lenient = [plugin for plugin in plugins if _says(plugin[1]) is False]
            return self._passes(*(lenient or plugins)[0])
        return self._passes(*plugins[0])

    def _passes(self, name: str, settings: Mapping) -> bool | Unknown:
        if name in _ALWAYS_ASK:
            return False
        if name not in {_BASIC, _JWT}:
            return Unknown(f"the plugin {name} is not part of Solr")
        says = _says(settings)
        if says is not None:
            return says if isinstance(says, Unknown) else not says
        # "Major Changes in Solr 9": false before 9.0. "Major Changes in Solr 10": JWTAuthPlugin true since 10.1.
        since = (9, 0) if name == _BASIC else (10, 1)
        if self.versions.is_at_least(*since):
            return False
        if self.versions.is_below(*since):
            return True
        return Unknown(f"blockUnknown of {name} depends on Solr's version, which is not known")

    @cached_property
    def users(self) -> tuple[SolrUser, ...] | Unknown:
        """The users of BasicAuthPlugin, with their hashes judged."""
        plugins = self.plugins
        if isinstance(plugins, Unknown):
            return plugins
        return tuple(user for name, settings in plugins if name == _BASIC for user in read_users(settings))

    @cached_property
    def rules(self) -> Rules | Unknown | None:
        """The permissions of a rule-based plugin, None where there is no authorization at all."""
        block = self.block("authorization")
        if block is None or isinstance(block, Unknown):
            return block
        name = plugin_name(block)
        if isinstance(name, Unknown):
            return name
        if name not in _RULE_BASED:
            return Unknown(f"the plugin {name} is not part of Solr")
        permissions = read_permissions(block.get("permissions"))
        if isinstance(permissions, Unknown):
            return permissions
        skips: bool | Unknown = Unknown("a permission without a path counts up to Solr 9.4 only")
        if self.versions.is_at_least(9, 5):
            skips = True
        elif self.versions.is_below(9, 5):
            skips = False
        return Rules(permissions, skips)

    @property
    def audit(self) -> Audit | Unknown | None:
        """What the audit log leaves out, None where there is no audit log."""
        block = self.block("auditlogging")
        return read_audit(block) if isinstance(block, Mapping) else block

    @property
    def eternal_tokens(self) -> tuple[Location, ...] | Unknown:
        """Where tokens without an expiry are allowed (`requireExp`, true by default)."""
        plugins = self.plugins
        if isinstance(plugins, Unknown):
            return plugins
        found = (settings.scalar("requireExp") for name, settings in plugins if name == _JWT)
        written = [node for node in found if node is not None]
        doubtful = next((node.value for node in written if isinstance(node.value, Unknown)), None)
        return doubtful if doubtful is not None else tuple(node.at for node in written if node.text.lower() != "true")

    def refused(self) -> Iterator[Problem]:
        """Yield what Solr stops at when it starts (`init` of the plugins)."""
        for name in ("authentication", "authorization", "auditlogging"):
            block = self.block(name)
            if isinstance(block, Mapping) and "class" not in block and not block.open and len(block):
                yield Problem(at=self.where(name), message=f"expected a class in the block {name}")
        block = self.block("authentication")
        if isinstance(block, Mapping) and plugin_name(block) == _MULTI and block.sequence("schemes") is None:
            yield Problem(at=self.where("authentication"), message="expected a list of schemes for MultiAuthPlugin")
        for name, settings in self.plugins if not isinstance(self.plugins, Unknown) else ():
            if name == _BASIC and not settings.open and not _has_users(settings.get("credentials")):
                message = "expected at least one user in credentials of BasicAuthPlugin"
                yield Problem(at=self.where("authentication"), message=message)


def plugin_name(block: Mapping) -> str | Unknown:
    """Return a plugin's class without its package (`solr.`, `org.apache.solr.security.`)."""
    node = block.scalar("class")
    if node is None:
        return Unknown(_TEMPLATE if block.open else "no class is named")
    return node.value.rpartition(".")[2] if isinstance(node.value, str) else node.value


def _says(settings: Mapping) -> bool | Unknown | None:
    """Return what is written for blockUnknown (`Boolean.parseBoolean`), None where nothing is."""
    node = settings.scalar("blockUnknown")
    if node is None:
        return Unknown(_TEMPLATE) if settings.open else None
    return node.text.lower() == "true" if isinstance(node.value, str) else node.value


def _has_users(node: Node | None) -> bool:
    return isinstance(node, Mapping) and (bool(len(node)) or node.open)
