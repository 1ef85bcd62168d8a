"""An archive being written: file after file, each piece by piece, and a manifest of them at the end."""

import hashlib
import json
import zipfile
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from gynergy_app.domain.accounts.archives import FORMAT, MANIFEST, VERSION
from gynergy_app.services.sealed import signature

PURPOSE = "archive"
"""What a manifest is signed for: it proves that an archive was made here, by nobody but us."""


class ArchiveWriter:
    """Used as `with ArchiveWriter(path, now) as archive:`. It is whole once that block has ended well."""

    def __init__(self, path: Path, now: datetime) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        self._now = now
        self._files: list[dict[str, Any]] = []
        path.chmod(0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._zip.writestr(self._entry(MANIFEST), manifest(self._files, self._now))
        self._zip.close()

    async def add(self, name: str, pieces: AsyncIterator[bytes], *, is_packed: bool = False) -> None:
        """`is_packed` for what would not get smaller, as pictures."""
        digest, size = hashlib.sha256(), 0
        entry = self._entry(name, zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED)
        with self._zip.open(entry, "w", force_zip64=True) as file:
            async for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        self._files.append({"name": name, "size": size, "sha256": digest.hexdigest()})

    def _entry(self, name: str, how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._now.timetuple()[:6])
        entry.compress_type = how
        entry.external_attr = 0o644 << 16
        return entry


def manifest(files: Iterable[dict[str, Any]], now: datetime) -> str:
    listed = sorted(files, key=lambda file: file["name"])
    about = {"format": FORMAT, "version": VERSION, "exported_at": now.isoformat(), "files": listed}
    return json.dumps({**about, "signature": signature(PURPOSE, signed_part(listed))}, indent=2) + "\n"


def signed_part(files: Iterable[dict[str, Any]]) -> str:
    """The part of a manifest that its signature stands for."""
    return "\n".join(f"{file['sha256']} {file['size']} {file['name']}" for file in files)


@dataclass(frozen=True)
class Made:
    """An archive on the disk, as its owner can check it."""

    size: int
    sha256: str


def measure(path: Path) -> Made:
    with path.open("rb") as file:
        return Made(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
