r"""The audit policy leaves out access to Secrets, roles or shells in Pods.

## Why it matters
The first rule that matches decides, and a request that no rule matches is not recorded. These are the events from which
an intrusion is reconstructed.

## Bad
```yaml config/audit-policy.yaml
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None  # <-
    resources:
      - group: ""
        resources: [secrets]
  - level: Metadata
```

## Bad: nothing matches changes of roles
```yaml config/audit-policy.yaml
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources:
      - group: ""
```

## Good
```yaml config/audit-policy.yaml
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    users: ["system:kube-proxy"]
    verbs: [watch]
  - level: Metadata
```

## Good: noise is left out
```yaml config/audit-policy.yaml
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    resources:
      - group: ""
        resources: [events]
  - level: None
    nonResourceURLs: ["/healthz*"]
  - level: Metadata
```

## Fix
End the policy with a rule for everything.
```yaml
rules:
  - level: Metadata
```

## References
- Kubernetes 1.34, Auditing, "Audit policy": https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.kubernetes import AuditPolicy


@check("kubernetes-audit-policy-gaps", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def kubernetes_audit_policy_gaps(policy: AuditPolicy) -> Iterator[Diagnostic]:
    for what, resource, group, verb in _REQUESTS:
        rule = policy.rule_for(resource, group, verb)
        if rule is None and policy.open:
            yield not_evaluated("template expressions may add rules")
        elif rule is None:
            yield fail(f"The audit policy has no rule for the {what}", key=what)
        elif known(rule.level) == "None":
            yield fail(f"The audit policy leaves out the {what}", at=rule.at, key=what)


_REQUESTS = (
    ("reading of Secrets", "secrets", "", "get"),
    ("changing of roles", "clusterrolebindings", "rbac.authorization.k8s.io", "create"),
    ("running of commands in Pods", "pods/exec", "", "create"),
)
