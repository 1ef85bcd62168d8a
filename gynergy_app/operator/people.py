"""What an operator may do for or with one member."""

import json
import sys
from pathlib import Path

from gynergy_app import clock
from gynergy_app.db import as_service, close_engines
from gynergy_app.errors import GynergyError
from gynergy_app.local.trouble import Trouble
from gynergy_app.repositories.archive_rows import in_one_snapshot
from gynergy_app.services import exports, roles
from gynergy_app.services.archives import gathering
from gynergy_app.services.archives.writing import ArchiveWriter


async def make_admin(email: str) -> None:
    try:
        async with as_service() as db:
            await roles.appoint_by_email(db, email, now=clock.now())
    except GynergyError as error:
        raise Trouble(str(error)) from error
    finally:
        await close_engines()
    print(f"{email} may now open the admin pages.")


async def export_user(email: str, to: Path | None) -> None:
    """For the member herself: her archive as a zip, or every row about her as JSON on standard output."""
    try:
        await (_write_archive(email, to) if to else _print_rows(email))
    except GynergyError as error:
        raise Trouble(str(error)) from error
    finally:
        await close_engines()


async def _write_archive(email: str, to: Path) -> None:
    now = clock.now()
    _make_private(to)
    try:
        with ArchiveWriter(to, now) as archive:
            async with as_service() as db:
                await in_one_snapshot(db)
                files = await exports.archive_of(db, email, archive, now=now)
            await gathering.add_files(archive, files)
    except BaseException:
        _discard(to)
        raise
    print(f"Written to {to}.")


async def _print_rows(email: str) -> None:
    async with as_service() as db:
        export = await exports.everything_about(db, email, now=clock.now())
    json.dump(export, sys.stdout, ensure_ascii=False, indent=2)
    print()


def _make_private(path: Path) -> None:
    """Before the first word is in it."""
    path.touch(mode=0o600)
    path.chmod(0o600)


def _discard(path: Path) -> None:
    """Half an archive helps nobody."""
    path.unlink(missing_ok=True)
