"""A comment that draws a line with underscores is no placeholder of a template."""

import pytest

from tests.inventory.scanning import scan

RULE = "# ______________________________________\n"
TEXTS = {
    "redis/redis.conf": "bind 127.0.0.1\nprotected-mode yes\nport 6379\n",
    "etc/ssh/sshd_config": "PermitRootLogin no\nPasswordAuthentication no\n",
    "etc/fstab": "tmpfs /tmp tmpfs nosuid,nodev,noexec 0 0\n",
    "etc/mysql/my.cnf": "[mysqld]\nbind-address = 127.0.0.1\n",
    "etc/proftpd/proftpd.conf": "ServerType standalone\nDefaultRoot ~\n",
    "etc/vsftpd.conf": "listen=YES\nanonymous_enable=NO\nlocal_enable=YES\n",
    "etc/pam.d/sshd": "auth required pam_unix.so\naccount required pam_unix.so\n",
    "conf/zoo.cfg": "tickTime=2000\ndataDir=/var/lib/zookeeper\nclientPort=2181\n",
}


@pytest.mark.parametrize("path", TEXTS)
def test_the_file_is_read_whole(path: str) -> None:
    (file,) = scan({path: RULE + TEXTS[path] + RULE}).report.coverage.files
    assert file.status == "parsed"
