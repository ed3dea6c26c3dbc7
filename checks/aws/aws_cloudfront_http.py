"""A CloudFront distribution serves plain HTTP.

## Why it matters
`allow-all` answers over HTTP as well as HTTPS, so that whoever types the address without https, or is made
to, sends cookies and records in the clear.

## Bad
```text main.tf
resource "aws_cloudfront_distribution" "portal" {
  default_cache_behavior {
    target_origin_id       = "portal"
    viewer_protocol_policy = "allow-all" # <-
  }
}
```

## Good
```text main.tf
resource "aws_cloudfront_distribution" "portal" {
  default_cache_behavior {
    target_origin_id       = "portal"
    viewer_protocol_policy = "redirect-to-https"
  }
  ordered_cache_behavior {
    path_pattern           = "/api/*"
    target_origin_id       = "portal"
    viewer_protocol_policy = "https-only"
  }
}
```

## Fix
Redirect HTTP to HTTPS:
```text main.tf
viewer_protocol_policy = "redirect-to-https"
```

## References
- Terraform AWS provider 5.80, aws_cloudfront_distribution, viewer_protocol_policy: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/cloudfront_distribution#viewer_protocol_policy
- Amazon CloudFront Developer Guide: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cloudfront-http",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=319,
    applies=of_type("aws_cloudfront_distribution"),
)
def aws_cloudfront_http(resource: CloudResource) -> Iterator[Diagnostic]:
    for behaviour in (*resource.blocks("default_cache_behavior"), *resource.blocks("ordered_cache_behavior")):
        if known(behaviour.text("viewer_protocol_policy")) == "allow-all":
            at = behaviour.where("viewer_protocol_policy")
            key = known(behaviour.text("path_pattern", default="default"))
            yield fail(f"{resource.address} serves plain HTTP", at=at, key=key)
