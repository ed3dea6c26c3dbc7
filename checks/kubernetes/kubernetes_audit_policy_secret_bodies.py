r"""The audit log records the values of Secrets.

## Why it matters
At the levels `Request` and `RequestResponse` the body is written into the log, passwords and keys included. Logs are
copied, kept for years and read by more people than may read Secrets.

## Bad
```yaml config/audit-policy.yaml
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: RequestResponse  # <-
```

## Good
```yaml config/audit-policy.yaml
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources:
      - group: ""
        resources: [secrets, configmaps]
      - group: authentication.k8s.io
        resources: [tokenreviews]
  - level: RequestResponse
```

## Fix
Put a rule for Secrets first.
```yaml
rules:
  - level: Metadata
    resources:
      - group: ""
        resources: [secrets, configmaps]
```

## References
- Kubernetes 1.34, Auditing, "Audit policy": https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#audit-policy
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import AuditPolicy


@check(
    "kubernetes-audit-policy-secret-bodies",
    severity=MEDIUM,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.PLAINTEXT_SECRET,),
    cwe=532,
)
def kubernetes_audit_policy_secret_bodies(policy: AuditPolicy) -> Iterator[Diagnostic]:
    rule = policy.rule_for("secrets", "", "update")
    if rule is not None and known(rule.level) in {"Request", "RequestResponse"}:
        yield fail(
            f"The audit policy records bodies of requests about Secrets (level {rule.level})",
            at=rule.at,
            expected="Metadata",
        )
