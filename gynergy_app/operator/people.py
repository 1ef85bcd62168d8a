"""What an operator may do for or with one member."""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from gynergy_app import clock
from gynergy_app.db import as_service, close_engines
from gynergy_app.errors import GynergyError
from gynergy_app.local.trouble import Trouble
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
    """Every row about a member: JSON on standard output, or a zip with one file a table."""
    try:
        async with as_service() as db:
            export = await exports.everything_about(db, email, now=clock.now())
    except GynergyError as error:
        raise Trouble(str(error)) from error
    finally:
        await close_engines()
    if to is None:
        json.dump(export, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        _write_zip(to, export)
        print(f"Written to {to}.")


def _write_zip(path: Path, export: dict[str, Any]) -> None:
    about = {name: value for name, value in export.items() if name != "tables"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"about": about, **export["tables"]}.items():
            archive.writestr(f"{name}.json", json.dumps(content, ensure_ascii=False, indent=2))
    path.chmod(0o600)
