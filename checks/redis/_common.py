"""What several checks of Redis ask."""

from auditor.technologies.redis import Redis


def is_cache(redis: Redis) -> bool:
    """Tell whether the configuration itself says that it is a cache: a memory limit and any key may go."""
    policy, limit = redis.text("maxmemory-policy"), redis.text("maxmemory")
    return isinstance(policy, str) and policy.startswith("allkeys") and limit != "0"
