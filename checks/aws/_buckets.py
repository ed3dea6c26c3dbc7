"""What a bucket is for."""

from auditor.api import CloudResource

_SERVER_AND_BALANCER_LOGS = (
    ("aws_s3_bucket_logging", "", "target_bucket"),
    ("aws_s3_bucket", "logging", "target_bucket"),
    ("aws_lb", "access_logs", "bucket"),
    ("aws_alb", "access_logs", "bucket"),
    ("aws_elb", "access_logs", "bucket"),
)
"""Deliveries that work only into buckets with S3-managed encryption (S3 and ELB user guides)."""

_OTHER_LOGS = (
    ("aws_cloudtrail", "", "s3_bucket_name"),
    ("aws_cloudfront_distribution", "logging_config", "bucket"),
    ("aws_flow_log", "", "log_destination"),
)


def takes_logs(bucket: CloudResource, *, of_servers: bool = False) -> bool:
    """Tell whether something in the module delivers logs into the bucket; `of_servers`: S3's or a load balancer's."""
    places = _SERVER_AND_BALANCER_LOGS if of_servers else _SERVER_AND_BALANCER_LOGS + _OTHER_LOGS
    return any(_delivers(bucket, *place) for place in places)


def _delivers(bucket: CloudResource, kind: str, block: str, argument: str) -> bool:
    for resource in bucket.module.of_type(kind):
        for holder in resource.blocks(block) if block else (resource,):
            if bucket.address in holder.references(argument):
                return True
    return False
