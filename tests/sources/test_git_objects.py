"""Our reading of git's objects against `git cat-file`, and of damaged ones."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.sources.git_objects import Allowance, RepositoryObjects
from auditor.sources.git_objects_delta import apply_delta
from auditor.sources.git_objects_error import LimitError, ObjectError, TooLargeError
from tests.sources.git_repositories import git, line_of, make

LINES = [f"line {number}: {number * 7919 % 10007}\n" for number in range(400)]


def commits() -> list[dict[str, bytes]]:
    """A file that grows and loses lines, so that packs keep it as deltas on deltas."""
    found: list[dict[str, bytes]] = []
    for number in range(30):
        text = "".join(LINES[number : 300 + number * 3])
        found.append({"a.txt": text.encode(), f"sub/{number % 5}/b": bytes([number]) * 700, "empty": b""})
    return found


def open_objects(root: Path, length: int = 20, allowance: Allowance | None = None) -> RepositoryObjects:
    return RepositoryObjects(root / ".git/objects", length, allowance or Allowance())


def by_git(root: Path) -> dict[str, tuple[str, bytes]]:
    listing = git(root, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)").decode()
    kinds = dict(line.split() for line in listing.splitlines())
    return {name: (kind, git(root, "cat-file", kind, name)) for name, kind in kinds.items()}


@pytest.mark.parametrize(
    "arguments",
    [
        ("repack", "-adfq", "--depth=40", "--window=40"),
        ("-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq", "--depth=40", "--window=40"),
        ("-c", "core.compression=0", "repack", "-adFq"),
        ("loose",),
    ],
    ids=["offset-deltas", "id-deltas", "uncompressed", "loose"],
)
@pytest.mark.parametrize("hashed", ["sha1", "sha256"])
def test_every_object_is_what_git_says(tmp_path: Path, arguments: tuple[str, ...], hashed: str) -> None:
    make(tmp_path, line_of(commits()), f"--object-format={hashed}")
    git(tmp_path, "tag", "-a", "-m", "a tag", "v1")
    if arguments != ("loose",):
        git(tmp_path, *arguments)
    expected = by_git(tmp_path)
    with closing(open_objects(tmp_path, 20 if hashed == "sha1" else 32)) as objects:
        assert {name: objects.read(bytes.fromhex(name)) for name in expected} == expected
    assert {kind for kind, _ in expected.values()} == {"commit", "tree", "blob", "tag"}


def test_several_packs_and_loose_objects(tmp_path: Path) -> None:
    make(tmp_path, line_of(commits()[:10]))
    git(tmp_path, "repack", "-adq")
    for number in range(3):
        (tmp_path / "more").write_text(f"{number}\n" * 50)
        git(tmp_path, "add", "more")
        git(tmp_path, "commit", "-qm", "x")
        git(tmp_path, "repack", "-q")
    (tmp_path / "more").write_text("last\n")
    git(tmp_path, "commit", "-qam", "x")
    assert len(list((tmp_path / ".git/objects/pack").glob("*.pack"))) == 4
    expected = by_git(tmp_path)
    with closing(open_objects(tmp_path)) as objects:
        assert {name: objects.read(bytes.fromhex(name)) for name in expected} == expected


def test_an_object_that_is_not_there(tmp_path: Path) -> None:
    make(tmp_path, line_of(commits()[:2]))
    objects = open_objects(tmp_path)
    with pytest.raises(ObjectError, match="not in this copy"):
        objects.read(b"\x12" * 20)
    (tmp_path / ".git/objects/info/alternates").write_text("/elsewhere\n")
    with pytest.raises(ObjectError, match="kept in another repository"):
        objects.read(b"\x12" * 20)


def test_alternates_are_not_followed(tmp_path: Path) -> None:
    ids = make(tmp_path / "a", line_of(commits()[:2]))
    git(tmp_path, "clone", "-q", "--shared", "a", "b")
    with pytest.raises(ObjectError, match="kept in another repository"):
        open_objects(tmp_path / "b").read(bytes.fromhex(ids[-1]))


def test_a_large_object_is_refused(tmp_path: Path) -> None:
    make(tmp_path, line_of([{"zeros": bytes(6 * 1024 * 1024)}]))
    name = bytes.fromhex(git(tmp_path, "rev-parse", "HEAD:zeros").decode())
    with pytest.raises(TooLargeError):
        open_objects(tmp_path).read(name)
    git(tmp_path, "gc", "-q")
    (pack,) = (tmp_path / ".git/objects/pack").glob("*.pack")
    moved = pack.rename(tmp_path / "moved")
    pack.with_suffix(".idx").unlink()
    git(tmp_path, "unpack-objects", "-q", stdin=moved.read_bytes())
    with pytest.raises(TooLargeError):
        open_objects(tmp_path).read(name)


def test_the_allowance_ends(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of(commits()))
    objects = open_objects(tmp_path, allowance=Allowance(bytes=500))
    with pytest.raises(LimitError, match="larger than"):
        [objects.read(bytes.fromhex(name)) for name in ids]
    ticks = iter([0.0, 1.0, 99.0, 99.0])
    objects = open_objects(tmp_path, allowance=Allowance(seconds=5, clock=lambda: next(ticks)))
    objects.read(bytes.fromhex(ids[0]))
    with pytest.raises(LimitError, match="longer than 5 seconds"):
        objects.read(bytes.fromhex(ids[1]))


def test_links_are_not_followed(tmp_path: Path) -> None:
    ids = make(tmp_path / "a", line_of(commits()[:1]))
    git(tmp_path / "a", "repack", "-adq")
    linked = tmp_path / "linked"
    shutil.copytree(tmp_path / "a", linked)
    (linked / ".git/objects/pack").rename(tmp_path / "away")
    (linked / ".git/objects/pack").symlink_to(tmp_path / "away")
    with pytest.raises(ObjectError, match="symbolic link"):
        open_objects(linked).read(bytes.fromhex(ids[0]))
    packed = tmp_path / "file"
    shutil.copytree(tmp_path / "a", packed)
    (pack,) = (packed / ".git/objects/pack").glob("*.pack")
    pack.rename(tmp_path / "moved.pack")
    pack.symlink_to(tmp_path / "moved.pack")
    with pytest.raises(ObjectError, match="cannot be read"):
        open_objects(packed).read(bytes.fromhex(ids[0]))


_made: list[Path] = []


def _a_repository(factory: pytest.TempPathFactory) -> Path:
    if not _made:
        root = factory.mktemp("objects")
        make(root, line_of(commits()))
        git(root, "repack", "-adfq", "--depth=40", "--window=40")
        _made.append(root)
    return _made[0]


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_pack_ends_in_a_reason(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = _a_repository(tmp_path_factory)
    folder = tmp_path_factory.mktemp("damaged") / ".git/objects/pack"
    folder.mkdir(parents=True)
    for path in (root / ".git/objects/pack").glob("*.*"):
        if path.suffix in {".pack", ".idx"}:
            content = bytearray(path.read_bytes())
            places = data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6))
            for place in places:
                content[place] ^= data.draw(st.integers(1, 255))
            cut = data.draw(st.integers(0, len(content) * 3))
            (folder / path.name).write_bytes(content[:cut])
    names = git(root, "rev-list", "--objects", "--all").decode().split("\n")
    with closing(RepositoryObjects(folder.parent, 20, Allowance(seconds=20))) as objects:
        for line in names[:20]:
            if line:
                try:
                    objects.read(bytes.fromhex(line.split()[0]))
                except ObjectError:
                    continue


@given(base=st.binary(max_size=40), delta=st.binary(max_size=40))
def test_any_bytes_as_a_delta(base: bytes, delta: bytes) -> None:
    try:
        made = apply_delta(base, bytes([len(base)]) + delta, 1000)
    except ObjectError:
        return
    assert len(made) <= 1000


def test_a_delta_that_grows_beyond_the_limit() -> None:
    with pytest.raises(TooLargeError):
        apply_delta(b"x", b"\x01\xff\xff\x7f", 1000)


def test_open_files_are_let_go(tmp_path: Path) -> None:
    ids = make(tmp_path, line_of(commits()[:3]))
    git(tmp_path, "repack", "-adq")
    before = len(list(Path("/proc/self/fd").iterdir()))
    objects = open_objects(tmp_path)
    objects.read(bytes.fromhex(ids[0]))
    assert len(list(Path("/proc/self/fd").iterdir())) > before
    objects.close()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
