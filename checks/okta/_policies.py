"""Rules for passwords that are in force."""

from auditor.api import CloudResource, known


def decides(policy: CloudResource) -> bool:
    """Tell whether a policy is in force and is Okta's to decide, not that of a directory that users come from."""
    if known(policy.text("status", default="ACTIVE")) != "ACTIVE":
        return False
    return known(policy.text("auth_provider", default="OKTA")) == "OKTA"
