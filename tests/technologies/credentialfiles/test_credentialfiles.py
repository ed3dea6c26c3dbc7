import base64

import pytest

from auditor.discovery import recognise
from auditor.model.source import Source
from auditor.technologies.credentialfiles import CREDENTIAL_FILES
from auditor.technologies.document import Assignment

VALUE = "Rm7-quiet-Harbor-41"
LOGIN = base64.b64encode(f"clinic:{VALUE}".encode()).decode()
ENCODED = base64.b64encode(VALUE.encode()).decode()

FILES = {
    ".npmrc": f"registry=https://registry.example/\n//registry.example/:_authToken={VALUE}\n",
    "old/.npmrc": f"_auth = {LOGIN}\nalways-auth=true\n",
    "scoped/.npmrc": f"//npm.example/:username=clinic\n//npm.example/:_password={ENCODED}\n",
    ".pypirc": f"[distutils]\nindex-servers = own\n[own]\nrepository = https://pypi.example\nusername = clinic\npassword = {VALUE}\n",
    ".netrc": f"# machine old login x password y\nmachine git.example\n  login clinic\n  password {VALUE}\n",
    "_netrc": f"machine git.example login clinic password {VALUE} machine other login b\n",
    ".pgpass": f"#host:port:db:user:pass\ndb.example:5432:*:clinic:{VALUE}\n",
    ".git-credentials": f"https://clinic:{VALUE}@git.example\n",
    ".docker/config.json": f'{{"auths": {{"registry.example": {{"auth": "{LOGIN}"}}}}}}',
    ".dockercfg": f'{{"registry.example": {{"username": "clinic", "password": "{VALUE}"}}}}',
    ".dockerconfigjson": f'{{"auths": {{"registry.example": {{"identitytoken": "{VALUE}"}}}}}}',
    ".aws/credentials": f"[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {VALUE}\n",
    ".s3cfg": f"[default]\naccess_key = AKIAIOSFODNN7EXAMPLE\nsecret_key = {VALUE}\n",
    "rclone.conf": f"[store]\ntype = sftp\nhost = files.example\npass = {VALUE}\n",
    ".msmtprc": f"account default\nhost mail.example\npassword {VALUE}\n",
    "config/master.key": f"{VALUE}\n",
    ".terraformrc": f'credentials "app.terraform.io" {{\n  token = "{VALUE}"\n}}\n',
    "credentials.tfrc.json": f'{{"credentials": {{"app.terraform.io": {{"token": "{VALUE}"}}}}}}',
}


def values(path: str, text: str) -> list[Assignment]:
    recognised = recognise(path, text)
    assert recognised is not None
    assert recognised[0].id == "credentialfiles"
    return list(CREDENTIAL_FILES.parse(Source(path=path, text=text)).assignments())


@pytest.mark.parametrize("path", sorted(FILES))
def test_the_secret_is_found_where_it_stands(path: str) -> None:
    text = FILES[path]
    found = [a for a in values(path, text) if isinstance(a.value, str) and VALUE in a.value]
    assert len(found) == 1
    at = found[0].at
    written = text.split("\n")[at.line - 1][at.column - 1 : at.end_column]
    assert written in {VALUE, LOGIN, ENCODED}


@pytest.mark.parametrize("path", ["old/.npmrc", ".netrc", "_netrc", ".pgpass", ".docker/config.json", ".dockercfg"])
def test_whom_it_logs_in(path: str) -> None:
    (found,) = [a for a in values(path, FILES[path]) if a.value == VALUE]
    assert found.principal == "clinic"


def test_password_files() -> None:
    apache = "clinic:$apr1$abcdefgh$0123456789abcdefghijkl\nother:{SHA}0123456789abcdefghijklmnopq=\n"
    assert [a.principal for a in values(".htpasswd", apache)] == ["clinic", "other"]
    shadow = "root:$6$abcdefgh$0123456789:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\nclinic:!:19000::::::\n"
    assert [a.principal for a in values("shadow", shadow)] == ["root"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("config.json", '{"auth": "x"}'),
        ("credentials", "see the wiki\n"),
        ("src/shadow", "function shadow() {}\n"),
        ("docs/htpasswd", "Run htpasswd -B to make a file.\n"),
    ],
)
def test_other_files_of_such_names(path: str, text: str) -> None:
    assert recognise(path, text) is None
