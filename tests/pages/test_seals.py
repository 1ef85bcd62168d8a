"""Every badge has a sign of its own: the build ships only the icons it can name."""

import psycopg

from gynergy_app.components.seal import SIGNS


async def test_every_badge_of_the_shelf_has_its_sign(owner_db: psycopg.AsyncConnection):
    rows = await (await owner_db.execute("select key, icon from badges")).fetchall()

    assert len(rows) == 41
    assert {key for key, icon in rows if icon not in SIGNS} == set()
