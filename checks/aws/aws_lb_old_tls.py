"""A load balancer accepts TLS 1.0 or 1.1.

## Why it matters
The policy `ELBSecurityPolicy-2016-08`, which a listener has that names none, accepts TLS 1.0 and 1.1; both
are obsolete (RFC 8996).

## Bad
```text main.tf
resource "aws_lb_listener" "web" { # <-
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:us-east-1:111122223333:certificate/1"
}
```

## Bad: an old policy by name
```text main.tf
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1"
  port              = 443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-0-2021-06" # <-
}
```

## Good
```text main.tf
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
}
```

## Good: a listener without TLS has no policy
```text main.tf
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1"
  port              = 80
  protocol          = "HTTP"
}
```

## Fix
Choose a policy with TLS 1.2 or later:
```text main.tf
ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
```

## References
- Application Load Balancers User Guide: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
- Terraform AWS provider 5.80, aws_lb_listener, ssl_policy (default ELBSecurityPolicy-2016-08): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/lb_listener#ssl_policy
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type

_OLD = (
    "ELBSecurityPolicy-2015-",
    "ELBSecurityPolicy-2016-",
    "ELBSecurityPolicy-TLS-1-0-",
    "ELBSecurityPolicy-TLS-1-1-",
)
_OLD_WITH_13 = ("ELBSecurityPolicy-TLS13-1-0-", "ELBSecurityPolicy-TLS13-1-1-")
_OLD_FS = {"ELBSecurityPolicy-FS-2018-06", "ELBSecurityPolicy-FS-1-1-2019-08"}
_DEFAULT = "ELBSecurityPolicy-2016-08"


@check(
    "aws-lb-old-tls",
    severity=MEDIUM,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=326,
    applies=of_type("aws_lb_listener", "aws_alb_listener"),
)
def aws_lb_old_tls(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text("protocol", default="HTTP")).upper() not in {"HTTPS", "TLS"}:
        return
    policy = known(resource.text("ssl_policy", default=_DEFAULT))
    if policy.startswith(_OLD + _OLD_WITH_13) or policy in _OLD_FS:
        at = resource.where("ssl_policy")
        yield fail(f"{resource.address} accepts TLS 1.0 or 1.1 (policy {policy})", at=at)
