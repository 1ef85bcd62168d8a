"""An admin in a browser: somebody comes into a cohort, moderates it, and is given points with a reason."""

from uuid import uuid4

import psycopg
from playwright.async_api import Page, expect

from gynergy_app.domain.accounts import Member
from tests.conftest import NewPerson
from tests.journeys.conftest import NewWriter

WHY = "She wrote on paper that day."


async def one(owner_db: psycopg.AsyncConnection, query: str, *said: object) -> tuple | None:
    return await (await owner_db.execute(query, said)).fetchone()  # pyright: ignore[reportArgumentType]


async def _takes_in(page: Page, email: str) -> None:
    await page.get_by_role("button", name="Take somebody in").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("E-mail").fill("nobody.here@example.com")
    await form.get_by_label("Reason").fill(WHY)
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("Nobody is here with this address.")).to_be_visible()
    await form.get_by_label("E-mail").fill(email)
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()


async def test_an_admin_keeps_a_cohort_and_gives_points(
    new_person: NewPerson, new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    ana = await new_writer(day=4)
    mark = uuid4().hex[:8]
    email = f"dora.{mark}@example.com"
    dora = await new_person("Dora", f"Lind {mark}", email=email)
    carla = await new_person("Carla", "Winter", is_admin=True)
    desk = await new_writer(member=Member(carla, "", "Carla", "Winter", "UTC", is_admin=True))
    page, address = desk.page, desk.site.address
    cohort = await one(
        owner_db,
        "select m.cohort_id from cohort_memberships m where m.user_id = %s",
        ana.member.id,
    )
    assert cohort

    await page.goto(f"{address}/admin/cohorts/{cohort[0]}")
    days = page.get_by_role("table", name="Members and the days they kept")
    await expect(days.get_by_role("rowheader")).to_have_count(1)
    await expect(days.get_by_role("columnheader", name="Day 45")).to_be_attached()
    await _takes_in(page, email)
    await expect(days.get_by_role("rowheader")).to_have_count(2)

    await page.get_by_role("button", name=f"Edit Dora Lind {mark}").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Reason").fill("She asked to help.")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()
    await expect(days.get_by_text("Moderator")).to_be_visible()

    await page.get_by_role("button", name="Compare ledgers").click()
    await expect(page.get_by_role("tab", name="Compare")).to_have_attribute("aria-selected", "true")
    await page.get_by_role("tab", name="By hand").click()
    await page.get_by_role("button", name="Give points").click()
    await form.get_by_label("E-mail").fill(email)
    await form.get_by_label("Points").fill("20")
    await form.get_by_label("Reason").fill(WHY)
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()
    await expect(page.get_by_role("row", name=f"Dora Lind {mark}")).to_contain_text("+20")

    role = await one(owner_db, "select role from cohort_memberships where user_id = %s", dora)
    total = await one(owner_db, "select total from point_totals where user_id = %s", dora)
    acts = await (
        await owner_db.execute(
            "select action from audit_log where subject_user_id = %s order by created_at", [dora]
        )
    ).fetchall()
    assert (role, total) == (("moderator",), (20,))
    assert [act for (act,) in acts] == [
        "access.granted",
        "cohort.joined",
        "moderator.appointed",
        "points.awarded",
    ]
