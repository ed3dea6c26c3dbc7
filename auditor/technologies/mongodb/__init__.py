"""MongoDB: mongod.conf and mongos.conf, and the effective configuration of the servers they configure."""

from .document import Gap, MongodConf, Option
from .service import Mongod
from .technology import MONGODB, MongoDb

__all__ = ["MONGODB", "Gap", "MongoDb", "Mongod", "MongodConf", "Option"]
