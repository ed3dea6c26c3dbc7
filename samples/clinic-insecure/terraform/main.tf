terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = var.region
}

locals {
  anywhere = "0.0.0.0/0"
}

resource "aws_security_group" "clinic" {
  name = "clinic"

  ingress {
    description = "administration"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [local.anywhere]
  }

  ingress {
    description = "database"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [local.anywhere]
  }
}

resource "aws_iam_policy" "operators" {
  name = "operators"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*"
      Resource = "*"
    }]
  })
}

resource "aws_cloudtrail" "clinic" {
  name                          = "clinic"
  s3_bucket_name                = aws_s3_bucket.documents.id
  is_multi_region_trail         = false
  enable_log_file_validation    = false
  include_global_service_events = false
}
