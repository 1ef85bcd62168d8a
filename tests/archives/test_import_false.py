"""A file that is no archive of ours is refused with a sentence, before anything of it is read."""

import hashlib
import json
from pathlib import Path

import pytest

from gynergy_app import clock
from gynergy_app.services.archives import opening
from gynergy_app.services.archives.opening import ArchiveRefused, open_archive
from gynergy_app.services.archives.writing import manifest
from tests.archives.bringing import zipped

ENTRY = {"format": "gynergy-archive", "version": 1, "files": []}


def a_small_one(**changes: bytes) -> dict[str, bytes]:
    data = json.dumps({"format": "gynergy-archive", "version": 1, "sessions": [], "tables": {}}).encode()
    files = {"index.html": b"<p>", "data.json": data}
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    return {**files, "manifest.json": manifest(listed, clock.now()).encode(), **changes}


def with_version(version: int) -> dict[str, bytes]:
    files = a_small_one()
    said = json.loads(files["manifest.json"])
    return {**files, "manifest.json": json.dumps({**said, "version": version}).encode()}


FALSE = {
    "nothing": (b"", opening.NOT_A_ZIP),
    "no zip": (b"hello", opening.NOT_A_ZIP),
    "half of one": (zipped(a_small_one()).content[:-30], opening.NOT_A_ZIP),
    "another zip": (zipped({"holiday.jpg": b"x"}).content, opening.NOT_OURS),
    "a way out": (zipped({**a_small_one(), "../../etc/passwd": b"x"}).content, opening.NOT_OURS),
    "an absolute way out": (zipped({**a_small_one(), "/etc/passwd": b"x"}).content, opening.NOT_OURS),
    "a program": (zipped({**a_small_one(), "media/run.exe": b"x"}).content, opening.NOT_OURS),
    "no data": (zipped({"manifest.json": b"{}"}).content, opening.NOT_OURS),
    "not our list": (zipped(a_small_one(**{"manifest.json": b"{}"})).content, opening.NOT_OURS),
    "a list of nonsense": (
        zipped(a_small_one(**{"manifest.json": json.dumps({**ENTRY, "files": [1]}).encode()})).content,
        opening.NOT_OURS,
    ),
    "a broken list": (zipped(a_small_one(**{"manifest.json": b"{"})).content, opening.NOT_READABLE),
    "an endless list": (
        zipped(a_small_one(**{"manifest.json": b"[" * 100_000})).content,
        opening.NOT_READABLE,
    ),
    "a file too many": (zipped({**a_small_one(), "media/a.webp": b"x"}).content, "media/a.webp"),
    "a changed file": (zipped(a_small_one(**{"index.html": b"<b>"})).content, "index.html"),
    "a newer version": (zipped(with_version(2)).content, "version 2"),
    "a bomb": (zipped({**a_small_one(), "data.json": b" " * (65 * 1024 * 1024)}).content, opening.TOO_HEAVY),
    "too many files": (
        zipped({**a_small_one(), **{f"media/{n}.webp": b"" for n in range(5001)}}).content,
        opening.TOO_HEAVY,
    ),
}


@pytest.mark.parametrize("kind", FALSE)
def test_a_false_archive_is_refused_with_a_sentence(kind: str, tmp_path: Path):
    content, sentence = FALSE[kind]
    path = tmp_path / "false.zip"
    path.write_bytes(content)

    with pytest.raises(ArchiveRefused) as refused:
        open_archive(path)

    assert sentence in str(refused.value.sentence)


def test_an_entry_that_lies_about_its_size_is_caught(tmp_path: Path):
    """The table of contents says ten bytes; what unpacks is checked against the list, and is never more."""
    content = bytearray(zipped(a_small_one()).content)
    where = content.rindex(b"data.json") - 46 + 24
    content[where : where + 4] = (10).to_bytes(4, "little")
    path = tmp_path / "lies.zip"
    path.write_bytes(content)

    with pytest.raises(ArchiveRefused):
        open_archive(path)


def test_a_true_one_opens(tmp_path: Path):
    path = tmp_path / "true.zip"
    path.write_bytes(zipped(a_small_one()).content)

    assert open_archive(path).is_ours
