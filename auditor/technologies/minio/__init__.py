"""MinIO: its file of variables, and the containers that start it or set it up."""

from .service import Minio, MinioSetup, OpenBucket
from .technology import MINIO

__all__ = ["MINIO", "Minio", "MinioSetup", "OpenBucket"]
