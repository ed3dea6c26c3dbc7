resource "aws_s3_bucket" "documents" {
  bucket = "clinic-documents"
}

resource "aws_s3_bucket_acl" "documents" {
  bucket = aws_s3_bucket.documents.id
  acl    = "public-read"
}

resource "aws_s3_bucket_public_access_block" "documents" {
  bucket                  = aws_s3_bucket.documents.id
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_db_instance" "records" {
  identifier              = "records"
  engine                  = "postgres"
  engine_version          = "14.10"
  instance_class          = "db.t3.medium"
  allocated_storage       = 50
  username                = "clinic"
  password                = var.database_password
  publicly_accessible     = var.publicly_accessible
  storage_encrypted       = false
  backup_retention_period = 0
  deletion_protection     = false
  skip_final_snapshot     = true
}

resource "aws_ebs_volume" "imaging" {
  availability_zone = "${var.region}a"
  size              = 500
}

resource "aws_sqs_queue" "referrals" {
  name                    = "referrals"
  sqs_managed_sse_enabled = false
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions of the portal"
  engine                     = "redis"
  node_type                  = "cache.t3.small"
  num_cache_clusters         = 1
  at_rest_encryption_enabled = false
  transit_encryption_enabled = false
}

resource "aws_msk_configuration" "events" {
  name              = "events"
  server_properties = <<-PROPERTIES
    auto.create.topics.enable=true
    unclean.leader.election.enable=true
    min.insync.replicas=1
  PROPERTIES
}

resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 2

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0a", "subnet-0b"]
    security_groups = [aws_security_group.clinic.id]
  }

  configuration_info {
    arn      = aws_msk_configuration.events.arn
    revision = 1
  }

  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT"
      in_cluster    = false
    }
  }

  client_authentication {
    unauthenticated = true
  }
}
