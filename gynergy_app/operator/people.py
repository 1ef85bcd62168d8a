"""What an operator may do for or with one member."""

import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_service, close_engines
from gynergy_app.errors import GynergyError
from gynergy_app.integrations import supabase_files
from gynergy_app.local.trouble import Trouble
from gynergy_app.repositories import stored_files
from gynergy_app.repositories.stored_files import StoredFile
from gynergy_app.services import exports, roles


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
    """Every row about a member: JSON on standard output, or a zip with one file a table and her pictures."""
    try:
        async with as_service() as db:
            export = await exports.everything_about(db, email, now=clock.now())
            pictures = await stored_files.of_member(db, UUID(export["member"]), bucket=supabase_files.MEDIA)
        if to:
            await _write_zip(to, export, pictures)
    except GynergyError as error:
        raise Trouble(str(error)) from error
    finally:
        await close_engines()
    if to:
        print(f"Written to {to}.")
    else:
        json.dump(export, sys.stdout, ensure_ascii=False, indent=2)
        print()


async def _write_zip(path: Path, export: dict[str, Any], pictures: Sequence[StoredFile]) -> None:
    about = {name: value for name, value in export.items() if name != "tables"}
    _make_private(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"about": about, **export["tables"]}.items():
            archive.writestr(f"{name}.json", json.dumps(content, ensure_ascii=False, indent=2))
        for picture in pictures:
            with archive.open(f"media/{picture.key.rpartition('/')[2]}", "w") as copy:
                async for piece in supabase_files.read(picture.bucket, picture.key):
                    copy.write(piece)


def _make_private(path: Path) -> None:
    """Before the first word is in it."""
    path.touch(mode=0o600)
    path.chmod(0o600)
