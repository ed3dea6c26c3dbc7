terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.72.1"
    }
  }
  backend "s3" {
    bucket       = "clinic-terraform-state"
    key          = "clinic.tfstate"
    region       = "us-east-2"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region
}

resource "aws_kms_key" "clinic" {
  description             = "Everything the clinic stores"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_vpc" "clinic" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_default_security_group" "clinic" {
  vpc_id = aws_vpc.clinic.id
}

resource "aws_flow_log" "clinic" {
  vpc_id          = aws_vpc.clinic.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.audit.arn
  iam_role_arn    = aws_iam_role.flow_log.arn
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "clinic-audit"
  retention_in_days = 2557
  kms_key_id        = aws_kms_key.clinic.arn
}

resource "aws_security_group" "clinic" {
  name        = "clinic"
  description = "Databases and brokers, from the clinic's network only"
  vpc_id      = aws_vpc.clinic.id

  ingress {
    description = "database"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [var.office_network]
  }
}

resource "aws_iam_role" "flow_log" {
  name = "flow-log"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
    }]
  })
}

resource "aws_iam_policy" "documents" {
  name = "documents"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "arn:aws:s3:::clinic-documents/*"
    }]
  })
}

resource "aws_cloudtrail" "clinic" {
  name                          = "clinic"
  s3_bucket_name                = aws_s3_bucket.trail.id
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  enable_logging                = true
  kms_key_id                    = aws_kms_key.clinic.arn
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.audit.arn}:*"
  cloud_watch_logs_role_arn     = aws_iam_role.flow_log.arn
}
