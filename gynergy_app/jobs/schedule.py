"""What happens by itself, and when (UTC)."""

from gynergy_app.jobs import (
    archives,
    deletion,
    friend_codes,
    housekeeping,
    lifecycle,
    reconcile,
    recount,
    refunds,
    reminders,
    seats,
    send_mail,
    send_push,
    stripe_addresses,
    stripe_events,
    yearbook,
)
from gynergy_app.jobs.queue import queue
from gynergy_app.services.payments.reconciling import EVERY_MINUTES

SCHEDULE = [
    # minute hour day month weekday
    ("* * * * *", send_mail.send_due_mail),
    ("* * * * *", send_push.send_due_push),
    ("* * * * *", stripe_events.take_due_stripe_events),
    ("* * * * *", refunds.send_due_refunds),
    (f"*/{EVERY_MINUTES} * * * *", reconcile.look_back),
    ("* * * * *", housekeeping.take_up_lost_jobs),
    ("* * * * *", reminders.send_reminders),
    ("*/5 * * * *", seats.let_go_of_seats),
    ("*/15 * * * *", housekeeping.forget_rate_limits),
    ("10 * * * *", lifecycle.turn_sessions),  # a day begins somewhere on Earth every hour
    ("25 * * * *", housekeeping.forget_old_sign_ins),
    ("15 * * * *", friend_codes.warn_of_ending_codes),  # it is morning for somebody every hour
    ("10,40 * * * *", archives.clear_archives),
    ("20 * * * *", deletion.delete_accounts),
    ("35 * * * *", housekeeping.forget_deleted_posts),
    ("40 3 * * *", housekeeping.forget_old_jobs),
    ("10 4 * * *", housekeeping.remove_unused_pictures),
    ("50 3 * * *", send_push.forget_old_push),
    ("5 4 * * *", stripe_events.forget_old_payloads),
]

for cron, task in SCHEDULE:
    queue.periodic(cron=cron, periodic_id=task.name)(task)

AT_START = (lifecycle.turn_sessions,)
"""What a worker that was away does first."""

ON_REQUEST = (
    recount.recount,
    yearbook.make_yearbook,
    reconcile.reconcile_payments,
    stripe_addresses.tell_stripe_address,
    friend_codes.tell_giver,
    refunds.send_refund,
    refunds.accept_purchase,
)
"""Known to the worker, and done when somebody asks."""
