"""Tags of an ECR repository can be moved to other images.

## Why it matters
Whoever may push can replace the image behind a tag that is deployed, and nobody sees it in the configuration.

## Bad
```text main.tf
resource "aws_ecr_repository" "app" { # <-
  name = "app"
}
```

## Good
```text main.tf
resource "aws_ecr_repository" "app" {
  name                 = "app"
  image_tag_mutability = "IMMUTABLE"
}
```

## Fix
Make tags immutable:
```text main.tf
image_tag_mutability = "IMMUTABLE"
```

## References
- Terraform AWS provider 5.80, aws_ecr_repository, image_tag_mutability (default MUTABLE): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/ecr_repository#image_tag_mutability
- Amazon ECR User Guide: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-ecr-mutable-tags", severity=LOW, control=Control.SUPPLY_CHAIN, cwe=345, applies=of_type("aws_ecr_repository")
)
def aws_ecr_mutable_tags(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text("image_tag_mutability", default="MUTABLE")) == "MUTABLE":
        at = resource.where("image_tag_mutability")
        yield fail(f"Tags of {resource.address} can be moved to other images", at=at)
