"""The bytes on disk. A version is whole before it gets its name; the row says which version counts."""

import hashlib
import os
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

CHUNK = 1 << 20


class Folder:
    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, bucket: str, name: str, version: str) -> Path:
        """Named by hash: whatever a key holds, it cannot point anywhere else."""
        digest = hashlib.sha256(f"{bucket}/{name}".encode()).hexdigest()
        return self._root / digest[:2] / f"{digest}.{version}"

    def write(self, bucket: str, name: str, source: BinaryIO) -> tuple[str, str]:
        """Keep a copy of `source`; answers its version and the digest of its content."""
        version, digest = str(uuid4()), hashlib.sha256()
        target = self.path(bucket, name, version)
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f"{target.name}.unfinished")
        try:
            with unfinished.open("xb") as copy:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        return version, digest.hexdigest()

    def remove(self, bucket: str, name: str, version: str) -> None:
        self.path(bucket, name, version).unlink(missing_ok=True)
