"""Passwords that everybody knows: the most common ones, and those that products ship with.

Sources of the logins: the products' own documentation of the first log-in (official images' pages of Docker Hub,
"Getting started" of Grafana, RabbitMQ, MinIO, SonarQube, Neo4j; EHRbase "Security", OpenHIM "Console", OpenELIS Global
"Installation", OpenMRS, OpenEMR and DHIS2 installation manuals).
"""

from collections.abc import Collection

COMMON = frozenset(
    "password passwd pass passw0rd password1 password123 p@ssw0rd p@ssword secret supersecret topsecret secret123 "
    "admin admin123 admin1234 administrator root toor test test123 testing guest user demo default letmein "
    "welcome welcome1 123 1234 12345 123456 1234567 12345678 123456789 1234567890 000000 111111 abc123 changeit "
    "manager postgres postgresql mysql mariadb mongo mongodb redis rabbitmq elastic kafka minio minioadmin "
    "minio123 cassandra neo4j influx influxdb grafana keycloak jenkins tomcat s3cret s3cr3t foobared oracle sa "
    "sapassword odoo wordpress drupal joomla nextcloud hapi openmrs openemr orthanc Admin123 mirth opensrp dhis "
    "district ehrbase mysecretpassword my-secret-pw my-secret-password mypassword verysecret docker vagrant "
    "ubuntu centos backup monitor replication mysecret jwtsecret sessionsecret keyboardcat unsecure insecure "
    "development dev master app api service system".split()
)
"""Compared without regard to case."""
_COMMON = frozenset(word.lower() for word in COMMON)
_PUBLISHED = {
    "ehrbase": {("ehrbase-user", "SuperSecretPassword"), ("ehrbase-admin", "EvenMoreSecretPassword")},
    "openhim": {("root@openhim.org", "openhim-password")},
    "openelis": {("admin", "adminADMIN!")},
    "openmrs": {("admin", "Admin123")},
    "openemr": {("admin", "pass")},
    "orthanc": {("orthanc", "orthanc")},
    "dhis2": {("admin", "district")},
    "i2b2": {("demo", "demouser"), ("i2b2demodata", "demouser"), ("i2b2", "demouser")},
    "mirth": {("admin", "admin")},
    "mongo": {("root", "example")},
    "mysql": {("root", "my-secret-pw")},
    "postgres": {("postgres", "mysecretpassword")},
    "rabbitmq": {("guest", "guest")},
    "minio": {("minioadmin", "minioadmin"), ("minio", "minio123")},
    "grafana": {("admin", "admin")},
    "sonarqube": {("admin", "admin")},
    "neo4j": {("neo4j", "neo4j")},
    "elastic": {("elastic", "changeme")},
    "couchdb": {("admin", "password")},
    "fhir": {("fhiruser", "change-password")},
    "sqlserver": {("sa", "yourStrong(!)Password"), ("sa", "<YourStrong@Passw0rd>")},
    "tomcat": {("tomcat", "s3cret"), ("admin", "s3cret")},
}
"""Login and password that each product's documentation or image sets."""


def is_common(text: str) -> bool:
    """Tell whether the value is one of the most common passwords."""
    return text.lower() in _COMMON


def published_by(text: str, user: str | None, words: Collection[str]) -> str:
    """Return the product whose published login this is, "" if it is none's.

    Args:
        text: the password.
        user: whom it logs in, None or "" if the files do not tell.
        words: words of the names around it (key, server, image), among which the product is looked for where the
            password is one that others choose as well.
    """
    for product, logins in _PUBLISHED.items():
        for name, password in logins:
            if text != password:
                continue
            is_user = user is not None and user.lower() == name.lower()
            is_product = any(product in word for word in words)
            # A common password is everybody's; one of the product's own is known whatever the user is called.
            if (is_product and (is_user or not user)) or ((is_product or is_user) and not is_common(text)):
                return product
    return ""
