"""Whether logging in by browser asks everybody for a second factor.

Sources: Keycloak 26, Server Administration Guide, "Configuring authentication" (flows: an alternative is one of several
ways, a conditional sub-flow runs where its conditions hold); `DefaultAuthenticationFlow` (alternatives beside required
steps are passed over); `DefaultAuthenticationFlows` and `DefaultRequiredActions` (without flows and actions of its own
a realm asks those users for a code who have set one up, and makes nobody do it).
"""

from collections.abc import Mapping as Flows
from typing import Final

from auditor.formats.tree import Mapping
from auditor.model.unknown import Unknown

_SETTING_UP: Final = frozenset({"CONFIGURE_TOTP", "webauthn-register", "webauthn-register-passwordless"})
_SECOND: Final = frozenset(
    {"auth-otp-form", "webauthn-authenticator", "webauthn-authenticator-passwordless", "auth-x509-client-username-form"}
)
"""Steps that prove a second factor, or a certificate of the user's own."""
_FIRST: Final = frozenset(
    {
        "auth-cookie",
        "auth-password-form",
        "auth-recovery-authn-code-form",
        "auth-spnego",
        "auth-username-form",
        "auth-username-password-form",
        "allow-access-authenticator",
        "identity-provider-redirector",
        "organization",
    }
)
"""Steps of the browser's flow that prove no second factor."""
_PASSED_OVER: Final = frozenset({"auth-cookie", "auth-spnego", "identity-provider-redirector", "organization"})
"""Ways in without a password of the realm: the session that is there, Kerberos, another provider."""
_CUSTOM: Final = Unknown("a step of the log-in is not one of Keycloak's own")
_CONDITION: Final = "conditional-"
_DEPTH: Final = 20


def asks_for_second_factor(realm: Mapping) -> bool | Unknown:
    """Tell whether every user of a realm needs, or is made to set up, a second factor."""
    actions = realm.sequence("requiredActions")
    for action in actions.mappings() if actions is not None else ():
        alias = action.text("alias") or action.text("providerId")
        if alias in _SETTING_UP and action.text("enabled") == "true" and action.text("defaultAction") == "true":
            return True
    listed = realm.sequence("authenticationFlows")
    if listed is None:
        open_ = realm.is_open_at("authenticationFlows")
        return Unknown("a template may put in flows") if open_ else False
    flows = {alias: flow for flow in listed.mappings() if (alias := flow.text("alias")) is not None}
    name = realm.text("browserFlow") or "browser"
    return _demands(flows, name, 0) if name in flows else False


def _demands(flows: Flows[str, Mapping], name: str, depth: int) -> bool | Unknown:
    flow = flows.get(name)
    steps = flow.sequence("authenticationExecutions") if flow is not None else None
    if steps is None or depth > _DEPTH:
        return Unknown("a flow of the log-in is not in the file")
    required: list[bool | Unknown] = []
    alternatives: list[bool | Unknown] = []
    for step in steps.mappings():
        requirement = (step.text("requirement") or "").upper()
        if (step.text("authenticator") or "").startswith(_CONDITION):
            continue  # it decides whether the flow runs, and is no step of it
        if requirement == "ALTERNATIVE" and step.text("authenticator") not in _PASSED_OVER:
            alternatives.append(_step(flows, step, depth))
        elif requirement == "REQUIRED":
            required.append(_step(flows, step, depth))
        elif requirement == "CONDITIONAL":
            required.append(_conditional(flows, step, depth))
    if True in required:
        return True
    # Keycloak passes over alternatives beside required steps.
    decisive = required or alternatives
    if required:
        return next((answer for answer in decisive if isinstance(answer, Unknown)), False)
    if False in decisive or not decisive:
        return False
    return next((answer for answer in decisive if isinstance(answer, Unknown)), True)


def _step(flows: Flows[str, Mapping], step: Mapping, depth: int) -> bool | Unknown:
    inner = step.text("flowAlias")
    if inner is not None:
        return _demands(flows, inner, depth + 1)
    authenticator = step.text("authenticator") or ""
    if authenticator in _SECOND:
        return True
    return False if authenticator in _FIRST else _CUSTOM


def _conditional(flows: Flows[str, Mapping], step: Mapping, depth: int) -> bool | Unknown:
    """Return whether a conditional sub-flow asks everybody: never if it asks those who have set something up."""
    name = step.text("flowAlias") or ""
    flow = flows.get(name)
    steps = flow.sequence("authenticationExecutions") if flow is not None else None
    if steps is None:
        return Unknown("a flow of the log-in is not in the file")
    conditions = [
        authenticator
        for inner in steps.mappings()
        if (authenticator := inner.text("authenticator") or "").startswith(_CONDITION)
        and (inner.text("requirement") or "").upper() == "REQUIRED"
    ]
    if not conditions or "conditional-user-configured" in conditions:
        return False
    answer = _demands(flows, name, depth + 1)
    return Unknown("conditions of the realm decide who needs a second factor") if answer is True else answer
