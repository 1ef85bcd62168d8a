"""An archive that came in, read with suspicion: nothing in it is believed before it is checked.

Only the names, sizes and hashes that an archive of ours can have are accepted, every file is compared with
the manifest, and nothing is ever unpacked to a path that the archive names.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from gynergy_app.domain.accounts.archives import (
    DATA,
    FORMAT,
    HEAVIEST_UNPACKED,
    MANIFEST,
    MEDIA_FOLDER,
    MOST_FILES,
    VERSION,
    belongs_in_archive,
    heaviest,
)
from gynergy_app.errors import Invalid
from gynergy_app.services.archives.writing import PURPOSE, signed_part
from gynergy_app.services.sealed import is_signed

PIECE = 1 << 18
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError)
"""What the library says of bytes that are no file of a zip."""


class ArchiveRefused(Invalid):
    """Its sentence says what is wrong with the file; nothing of it was taken in."""

    def __init__(self, sentence: str) -> None:
        super().__init__({"archive": sentence})
        self.sentence = sentence


NOT_A_ZIP = (
    "This file is not a zip archive, or it did not arrive whole. Please choose the file as you fetched it."
)
NOT_OURS = "This is a zip file, but not an archive made here. Please choose the file as you fetched it."
TOO_HEAVY = "This archive would take more room than any archive made here. Nothing was unpacked."
CHANGED = (
    "A file in this archive is not the one its list describes: {name}. "
    "Please use the archive as you fetched it."
)
NEWER = "This archive is of version {version}; this program reads version {ours}. A newer one can read it."
NOT_READABLE = "What this archive says cannot be read. Please use the archive as you fetched it."


@dataclass(frozen=True)
class Opened:
    """`is_ours` when we made it and nobody has changed it since. `media` are the names of its pictures."""

    data: dict[str, Any]
    media: Sequence[str]
    is_ours: bool

    def is_of(self, user_id: UUID, address: str) -> bool:
        """Whether we made it for this person: for this very account, or for the same proven address."""
        owner = self.data.get("owner")
        if not self.is_ours or not isinstance(owner, dict):
            return False
        return owner.get("id") == str(user_id) or bool(address and owner.get("address") == address.lower())


def look(path: Path) -> None:
    """What can be known without unpacking anything. Raises `ArchiveRefused`."""
    with _zip(path) as archive:
        _check_entries(archive.infolist())


def open_archive(path: Path) -> Opened:
    """Check all of it. Raises `ArchiveRefused`."""
    with _zip(path) as archive:
        names = _check_entries(archive.infolist())
        listed = _listed(archive, names)
        for name, file in listed.items():
            _check_file(archive, name, file)
        said = _read_json(archive, MANIFEST)
        return Opened(
            data=_data(archive),
            media=[name for name in names if name.startswith(MEDIA_FOLDER)],
            is_ours=is_signed(PURPOSE, signed_part(said["files"]), str(said.get("signature", ""))),
        )


def read_file(path: Path, name: str) -> bytes:
    """One file of an archive that was opened before: its size is known to be small enough."""
    with _zip(path) as archive, archive.open(name) as file:
        return file.read(heaviest(name))


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ArchiveRefused(NOT_A_ZIP) from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> list[str]:
    """The table of contents alone tells of bombs, of paths that lead out, and of files that are not ours."""
    names = [entry.filename for entry in entries]
    if len(names) > MOST_FILES or sum(entry.file_size for entry in entries) > HEAVIEST_UNPACKED:
        raise ArchiveRefused(TOO_HEAVY)
    if any(entry.file_size > heaviest(entry.filename) for entry in entries):
        raise ArchiveRefused(TOO_HEAVY)
    is_plain = all(belongs_in_archive(entry.filename) and _is_packed_as_ours(entry) for entry in entries)
    if not is_plain or len(set(names)) < len(names) or not {DATA, MANIFEST} <= set(names):
        raise ArchiveRefused(NOT_OURS)
    return names


def _is_packed_as_ours(entry: zipfile.ZipInfo) -> bool:
    return not entry.flag_bits & 1 and entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def _listed(archive: zipfile.ZipFile, names: list[str]) -> dict[str, dict[str, Any]]:
    said = _read_json(archive, MANIFEST)
    _check_kind(said)
    files = said.get("files")
    if not isinstance(files, list) or not all(_is_entry(file) for file in files):
        raise ArchiveRefused(NOT_OURS)
    listed = {file["name"]: file for file in files}
    for name in {*listed, MANIFEST} ^ set(names):
        raise ArchiveRefused(CHANGED.format(name=name[:80]))
    return listed


def _is_entry(file: Any) -> bool:
    kinds = {"name": str, "size": int, "sha256": str}
    return isinstance(file, dict) and all(isinstance(file.get(key), kind) for key, kind in kinds.items())


def _check_kind(said: dict[str, Any]) -> None:
    if said.get("format") != FORMAT:
        raise ArchiveRefused(NOT_OURS)
    if said.get("version") != VERSION:
        raise ArchiveRefused(NEWER.format(version=str(said.get("version"))[:20], ours=VERSION))


def _check_file(archive: zipfile.ZipFile, name: str, file: dict[str, Any]) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as pieces:
            while piece := pieces.read(PIECE):
                digest.update(piece)
                size += len(piece)
                if size > file["size"]:
                    break
    except BROKEN as error:
        raise ArchiveRefused(CHANGED.format(name=name)) from error
    if (size, digest.hexdigest()) != (file["size"], file["sha256"]):
        raise ArchiveRefused(CHANGED.format(name=name))


def _read_json(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    try:
        with archive.open(name) as file:
            said = json.loads(file.read(heaviest(name) + 1))
    except (*BROKEN, RecursionError) as error:
        raise ArchiveRefused(NOT_READABLE) from error
    if not isinstance(said, dict):
        raise ArchiveRefused(NOT_READABLE)
    return said


def _data(archive: zipfile.ZipFile) -> dict[str, Any]:
    said = _read_json(archive, DATA)
    _check_kind(said)
    tables, sessions = said.get("tables"), said.get("sessions")
    if not isinstance(tables, dict) or not isinstance(sessions, list):
        raise ArchiveRefused(NOT_READABLE)
    if not all(isinstance(rows, list) for rows in tables.values()):
        raise ArchiveRefused(NOT_READABLE)
    if not all(isinstance(row, dict) for rows in (*tables.values(), sessions) for row in rows):
        raise ArchiveRefused(NOT_READABLE)
    return said
