"""MongoDB: mongod.conf and mongos.conf, and the effective configuration of the servers they configure."""

from auditor.technologies.common.sectioned import Gap

from .document import MongodConf, Option
from .service import Mongod
from .technology import MONGODB, MongoDb

__all__ = ["MONGODB", "Gap", "MongoDb", "Mongod", "MongodConf", "Option"]
