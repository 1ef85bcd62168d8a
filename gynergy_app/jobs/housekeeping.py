"""Forgets what is over, and gives back what a lost worker was holding."""

from datetime import datetime, timedelta

from procrastinate import JobContext

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.domain.community import TIME_TO_UNDO
from gynergy_app.integrations import supabase_files
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories import housekeeping

FAILED_JOBS_ARE_KEPT_HOURS = 24 * 14
PICTURES_ARE_KEPT = timedelta(days=3)
"""A page is open until its next day's end, so an older picture was taken off long ago: no undo comes."""
PICTURES_AT_ONCE = 200


@queue.task(name="forget_old_sign_ins", queueing_lock="forget_old_sign_ins")
async def forget_old_sign_ins(timestamp: int) -> None:
    async with as_service() as db:
        await housekeeping.delete_ended_web_sessions(db, now=clock.now())


@queue.task(name="forget_rate_limits", queueing_lock="forget_rate_limits")
async def forget_rate_limits(timestamp: int) -> None:
    async with as_service() as db:
        await housekeeping.delete_ended_rate_limits(db, now=clock.now())


@queue.task(name="forget_deleted_posts", queueing_lock="forget_deleted_posts")
async def forget_deleted_posts(timestamp: int) -> None:
    async with as_service() as db:
        await housekeeping.delete_posts_taken_away(db, before=clock.now() - TIME_TO_UNDO)


@queue.task(name="remove_unused_pictures", queueing_lock="remove_unused_pictures")
async def remove_unused_pictures(timestamp: int) -> None:
    await sweep_pictures()


async def sweep_pictures() -> int:
    """Remove what was uploaded and no row shows any more, and say how many pictures that were."""
    count, before = 0, clock.now() - PICTURES_ARE_KEPT
    found = await _old_pictures(before, "")
    while found.last:
        await supabase_files.remove(supabase_files.MEDIA, *found.unused)
        count += len(found.unused)
        found = await _old_pictures(before, found.last)
    return count


async def _old_pictures(before: datetime, after: str) -> housekeeping.OldPictures:
    async with as_service() as db:
        return await housekeeping.old_pictures(db, before=before, after=after, most=PICTURES_AT_ONCE)


@queue.task(name="take_up_lost_jobs", queueing_lock="take_up_lost_jobs")
async def take_up_lost_jobs(timestamp: int) -> None:
    """A killed worker still holds its jobs. Every task bears being done twice, so they are done again."""
    for job in await queue.job_manager.get_stalled_jobs():
        await queue.job_manager.retry_job(job)


@queue.task(name="forget_old_jobs", queueing_lock="forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs that succeeded are gone already; those that failed stay two weeks for somebody to look at."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=FAILED_JOBS_ARE_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
