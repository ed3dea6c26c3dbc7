"""A CloudFront distribution accepts TLS 1.0 or 1.1.

## Why it matters
With a certificate of its own a distribution accepts what `minimum_protocol_version` names; values before
TLSv1.2_2018 include obsolete protocols. With CloudFront's own certificate the minimum is TLSv1.

## Bad
```text main.tf
resource "aws_cloudfront_distribution" "portal" {
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/1"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.1_2016" # <-
  }
}
```

## Bad: CloudFront's own certificate
```text main.tf
resource "aws_cloudfront_distribution" "portal" {
  viewer_certificate {
    cloudfront_default_certificate = true # <-
  }
}
```

## Good
```text main.tf
resource "aws_cloudfront_distribution" "portal" {
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/1"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
```

## Fix
Require TLS 1.2 or later:
```text main.tf
minimum_protocol_version = "TLSv1.2_2021"
```

## References
- Terraform AWS provider 5.80, aws_cloudfront_distribution, minimum_protocol_version (default TLSv1): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/cloudfront_distribution#minimum_protocol_version
- Amazon CloudFront Developer Guide: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cloudfront-old-tls",
    severity=MEDIUM,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=326,
    applies=of_type("aws_cloudfront_distribution"),
)
def aws_cloudfront_old_tls(resource: CloudResource) -> Iterator[Diagnostic]:
    for certificate in resource.blocks("viewer_certificate"):
        if known(certificate.bool("cloudfront_default_certificate")):
            version, at = "TLSv1", certificate.where("cloudfront_default_certificate")
        else:
            version = known(certificate.text("minimum_protocol_version", default="TLSv1"))
            at = certificate.where("minimum_protocol_version")
        if not version.startswith(("TLSv1.2", "TLSv1.3")):
            yield fail(f"{resource.address} accepts TLS 1.0 or 1.1 (policy {version})", at=at)
