"""Which values of NiFi's files are secrets, and that none of them can be read from what the scan keeps."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.credential import Credential, SecretForm
from auditor.model.source import Source
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.nifi import NIFI, NiFi

VALUE = "made-up-9f3c51d7a2"


def keys(name: str, text: str) -> list[str]:
    return [each.key for each in NIFI.parse(Source(path=name, text=text)).assignments()]


def test_passwords_and_keys_of_the_properties() -> None:
    text = (
        "nifi.security.keystorePasswd=x\nnifi.zookeeper.security.truststorePasswd=x\nnifi.sensitive.props.key=x\n"
        "nifi.security.user.oidc.client.secret=x\nnifi.security.user.jws.key.rotation.period=PT1H\n"
        "nifi.security.user.oidc.client.id=nifi\nnifi.web.https.port=8443\nnifi.security.keystore=./conf/keystore.p12\n"
    )
    assert keys("nifi.properties", text) == [
        "nifi.security.keystorePasswd",
        "nifi.zookeeper.security.truststorePasswd",
        "nifi.sensitive.props.key",
        "nifi.security.user.oidc.client.secret",
    ]


def test_what_encrypt_config_encrypted_is_no_secret_in_plain_text() -> None:
    text = "nifi.security.keyPasswd=ab||cd\nnifi.security.keyPasswd.protected=aes/gcm/256\n"
    assert keys("nifi.properties", text) == []
    assert keys("nifi.properties", text.replace("aes/gcm/256", "")) == ["nifi.security.keyPasswd"]


def test_the_manager_of_a_directory_is_named() -> None:
    text = (
        "<loginIdentityProviders><provider><identifier>ldap</identifier><class>org.apache.nifi.ldap.LdapProvider</class>"
        '<property name="Manager DN">cn=nifi</property><property name="Manager Password">x</property>'
        '<property name="TLS - Keystore Password" encryption="aes/gcm/256">x</property></provider></loginIdentityProviders>'
    )
    (found,) = NIFI.parse(Source(path="login-identity-providers.xml", text=text)).assignments()
    assert (found.key, found.principal, found.server_secret) == ("Manager Password", "cn=nifi", True)


def test_options_of_java_are_placed_exactly() -> None:
    line = f"java.arg.9=-Djavax.net.ssl.trustStorePassword={VALUE} -Dx=1"
    text = f"lib.dir=./lib\nconf.dir=./conf\njava.arg.2=-Xms1g\n{line}\n"
    (found,) = NIFI.parse(Source(path="bootstrap.conf", text=text)).assignments()
    assert found.value == VALUE
    assert line[found.at.column - 1 : found.at.end_column] == VALUE


def test_the_key_in_a_variable_of_the_image_is_a_secret() -> None:
    text = (
        f"services:\n  nifi:\n    image: apache/nifi:1.28.1\n    environment: {{NIFI_SENSITIVE_PROPS_KEY: {VALUE}}}\n"
    )
    estate = take_estate(MemoryTree({"compose.yaml": text}))
    (found,) = [fact for fact in estate.facts if isinstance(fact, Credential)]
    assert found.form is SecretForm.LITERAL
    assert not any(VALUE in repr(fact) for fact in estate.facts)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for name in ("nifi.properties", "authorizers.xml", "bootstrap.conf", "nifi-registry.properties"):
        head = "nifi.web.https.port=8443\n" if name.endswith(".properties") else ""
        estate = take_estate(MemoryTree({name: head + text}))
        assert not estate.faults


@given(st.text(alphabet=st.characters(codec="ascii", categories=("L", "N")), min_size=20, max_size=40))
def test_no_service_shows_a_secret(value: str) -> None:
    text = f"nifi.web.https.port=8443\nnifi.sensitive.props.key={value}\nnifi.security.keystorePasswd={value}\n"
    estate = take_estate(MemoryTree({"nifi.properties": text}))
    (service,) = [fact for fact in estate.facts if isinstance(fact, NiFi)]
    assert value not in repr(service)
    assert not any(value in setting.shown() for setting in service.shown_settings())
