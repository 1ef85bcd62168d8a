"""Archives for tests: brought in, read, and built anew with other words."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs import archives
from gynergy_app.models.accounts import DataImport
from gynergy_app.repositories import data_imports
from gynergy_app.services.archives import importing
from gynergy_app.services.archives.writing import manifest
from tests.archives.conftest import Archive
from tests.features.conftest import Living

WORDS = {
    "journals": (
        "entry_date", "journal_type", "is_completed", "completed_at", "mood_score", "mood_contribution",
        "captured_essence", "mantra", "insight", "insight_impact", "success", "changes", "freeflow", "wins",
        "challenges", "lessons", "updated_at",
    ),
    "action_logs": (
        "entry_date", "action_type", "period_key", "action_id", "is_done", "is_completed", "completed_at",
        "note", "reflection", "obstacles", "list", "reward", "purpose", "focus", "updated_at",
    ),
    "meditations": ("entry_date", "reflection", "created_at", "updated_at"),
    "user_visions": (
        "vision_type", "is_completed", "name", "abilities", "purpose", "traits", "mantra", "updated_at",
    ),
    "vision_versions": ("subject", "revision", "fields", "saved_at"),
    "journey": ("health_fitness_why", "focus", "hidden", "updated_at"),
    "streak_events": ("day", "kind"),
    "points_transactions": (
        "activity_type", "base_points", "multiplier", "bonus_points", "final_points", "earned_on",
        "earned_at",
    ),
}  # fmt: skip
"""What must be equal, row for row. Ids belong to their account."""


def content_of(archive: Archive) -> dict[str, Any]:
    told: dict[str, list[Any]] = {
        table: sorted(
            json.dumps({name: row.get(name) for name in names}, sort_keys=True)
            for row in archive.tables.get(table, [])
        )
        for table, names in WORDS.items()
    }
    pages = {
        row["id"]: (row["entry_date"], row["journal_type"]) for row in archive.tables.get("journals", [])
    }
    told["lines"] = sorted(
        json.dumps([pages[row["journal_id"]], row["entry_type"], row["content"]])
        for row in archive.tables.get("journal_entries", [])
        if any(row["content"])
    )
    told["badges"] = sorted(row["badge_id"] for row in archive.tables.get("user_badges", []))
    told["pictures"] = sorted(
        (name, hashlib.sha256(archive.zip.read(name)).hexdigest())
        for name in archive.zip.namelist()
        if name.startswith("media/")
    )
    return told


async def bring(living: Living, archive: Archive, tmp_path: Path) -> DataImport:
    """As the route does it, and then the worker."""
    path, import_id = tmp_path / "brought.zip", importing.new_id()
    path.write_bytes(archive.content)
    key = importing.key_of(living.member.id, import_id)
    await supabase_files.put(supabase_files.ARCHIVES, key, path, supabase_files.ZIP)
    async with as_member(living.member.id) as db:
        await importing.take(db, living.member, import_id, now=clock.now())
    await archives.restore(import_id)
    async with as_service() as db:
        row = await data_imports.find(db, import_id)
    assert row
    return row


async def become(owner_db: psycopg.AsyncConnection, fresh: Living, former: Living) -> None:
    """The former account gave its address up, and the fresh one has proved it to be hers."""
    row = await (
        await owner_db.execute("select email from users where id = %s", [former.member.id])
    ).fetchone()
    assert row
    for address, living in ((None, former), (row[0], fresh)):
        await owner_db.execute("update auth.users set email = %s where id = %s", [address, living.member.id])


def rebuilt(archive: Archive, change: Callable[[dict[str, Any]], None], *, signs: bool = False) -> Archive:
    """The same archive with other data, its list of hashes made to fit; signed only where we would."""
    data = archive.json()
    change(data)
    files = {name: archive.zip.read(name) for name in archive.zip.namelist() if name != "manifest.json"}
    files["data.json"] = json.dumps(data).encode()
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    said = json.loads(manifest(listed, clock.now()))
    said["signature"] = said["signature"] if signs else "not-a-signature"
    return zipped({**files, "manifest.json": json.dumps(said).encode()})


def zipped(files: dict[str, bytes]) -> Archive:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Archive(target.getvalue())
