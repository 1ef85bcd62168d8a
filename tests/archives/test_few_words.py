"""Words between two members leave with both of them, and a block with nobody but whoever blocked."""

import psycopg

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.encouragements import EncouragementKind, Words
from gynergy_app.services import blocks
from tests.archives.conftest import archive_of
from tests.features.cheering import Cheering
from tests.features.conftest import Living, NewLiving


async def test_both_take_the_words_along_and_neither_the_other(
    living: Living, new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    ben = await new_living("Benedikta")
    own = Words(EncouragementKind.custom, "Your page was early.")
    await Cheering(living, owner_db).send(ben, living.at(1, 10), own)

    sent, received = await archive_of(living), await archive_of(ben)

    [hers], [his] = sent.tables["encouragements"], received.tables["encouragements"]
    assert (hers["custom_message"], hers["sender_id"]) == (own.own, str(living.member.id))
    assert his["custom_message"] == own.own
    assert "recipient_id" not in hers
    assert "sender_id" not in his
    assert ", sent</dt>" in sent.zip.read("index.html").decode()
    assert ", received</dt>" in received.zip.read("index.html").decode()
    assert str(living.member.id) not in received.text


async def test_a_block_is_in_the_archive_of_whoever_blocked_alone(living: Living, new_living: NewLiving):
    ben = await new_living("Ben")
    async with as_member(living.member.id) as db:
        await blocks.block(db, living.member, ben.member.id, now=clock.now())

    blocker, blocked = await archive_of(living), await archive_of(ben)

    assert len(blocker.tables["user_blocks"]) == 1
    assert "user_blocks" not in blocked.tables
