"""A load balancer serves plain HTTP.

## Why it matters
A listener with the protocol HTTP that does not redirect carries sessions, passwords and records in the clear.

## Bad
```text main.tf
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1"
  port              = 80
  protocol          = "HTTP" # <-
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1"
  }
}
```

## Bad: a classic load balancer
```text main.tf
resource "aws_elb" "web" {
  listener {
    lb_port           = 80
    lb_protocol       = "http" # <-
    instance_port     = 8080
    instance_protocol = "http"
  }
}
```

## Good: it redirects
```text main.tf
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1"
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}
```

## Good: it serves HTTPS
```text main.tf
resource "aws_lb_listener" "web" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/1"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:us-east-1:111122223333:certificate/1"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1"
  }
}
```

## Fix
Redirect HTTP to HTTPS, and serve on 443.
```text main.tf
default_action {
  type = "redirect"
  redirect {
    port        = "443"
    protocol    = "HTTPS"
    status_code = "HTTP_301"
  }
}
```

## References
- Terraform AWS provider 5.80, aws_lb_listener: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/lb_listener
- Application Load Balancers User Guide: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudBlock, CloudResource, Control, Diagnostic, check, fail, known, of_type


def _answers_without_content(action: CloudBlock) -> bool:
    kind = known(action.text("type"))
    if kind == "redirect":
        return known(action.text("redirect.protocol", default="#{protocol}")).upper() == "HTTPS"
    return kind == "fixed-response"


@check(
    "aws-lb-http",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=319,
    applies=of_type("aws_lb_listener", "aws_alb_listener", "aws_elb"),
)
def aws_lb_http(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type == "aws_elb":
        for listener in resource.blocks("listener"):
            if known(listener.text("lb_protocol")).upper() == "HTTP":
                port = known(listener.text("lb_port"))
                at = listener.where("lb_protocol")
                yield fail(f"{resource.address} serves plain HTTP on port {port}", at=at, key=port)
        return
    if known(resource.text("protocol", default="HTTP")).upper() != "HTTP":
        return
    actions = resource.blocks("default_action")
    if all(_answers_without_content(action) for action in actions):
        return
    # An internal load balancer is inside the VPC.
    internal = any(known(balancer.bool("internal")) for balancer in resource.referenced("load_balancer_arn"))
    yield fail(
        f"{resource.address} serves plain HTTP without redirecting to HTTPS",
        at=resource.where("protocol"),
        severity=MEDIUM if internal else None,
    )
