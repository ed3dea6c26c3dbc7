"""What a careful administrator would say of the mongod.conf that MongoDB's packages install.

The text is ours and has the settings of the packaged file (debian/mongod.conf and rpm/mongod.conf of the server's
repository, 6.1 and later): data path, log file, loopback address, time zones; everything else commented out.
"""

from auditor.engine import run
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

PACKAGED = """\
storage:
  dbPath: /var/lib/mongodb
systemLog:
  destination: file
  logAppend: true
  path: /var/log/mongodb/mongod.log
net:
  port: 27017
  bindIp: 127.0.0.1
processManagement:
  timeZoneInfo: /usr/share/zoneinfo
#security:
#operationProfiling:
#replication:
#sharding:
#auditLog:
"""

EXPECTED = {
    # Authorization is off by default. Two steps below critical: only programs on the same host can connect.
    ("mongodb-authorization-off", "medium", 1),
    # The file does not tell the edition. Enterprise and Percona could write an audit log, Community could not.
    ("mongodb-audit-log-off", "medium", 1),
    # Files are plain; whether the volume below is encrypted is not in this file.
    ("mongodb-encryption-at-rest", "low", 1),
    # javascriptEnabled is true by default.
    ("mongodb-javascript", "low", 1),
    # One server, no replica set.
    ("mongodb-standalone", "low", 1),
    # Not said: TLS off (nothing leaves the host), bind address (loopback), journal (on by default), log (kept and
    # appended), localhost exception (there is no authorization to by-pass, and no cluster).
}


def test_packaged_configuration() -> None:
    estate = take_estate(MemoryTree({"etc/mongod.conf": PACKAGED}))
    outcomes = run(load_packs().checks, estate.facts)
    assert not [outcome.error for outcome in outcomes if outcome.error]
    assert not [(outcome.check.id, outcome.undecided) for outcome in outcomes if outcome.undecided]
    found = {
        (outcome.check.id, str(failure.severity or outcome.check.severity), failure.at.line if failure.at else 0)
        for outcome in outcomes
        for failure in outcome.failures
    }
    assert found == EXPECTED
