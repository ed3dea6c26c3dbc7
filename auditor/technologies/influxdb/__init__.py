"""InfluxDB 1.x and 2.x: configuration files, and the containers that start it."""

from .service import InfluxDb, Input
from .technology import INFLUXDB

__all__ = ["INFLUXDB", "InfluxDb", "Input"]
