"""The outbox of things that happened: rules, drips and mails follow from it later."""

from enum import StrEnum
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.models.automation import AutomationEvent


class EventType(StrEnum):
    enrolled = "enrolled"
    journal_completed = "journal_completed"
    action_completed = "action_completed"
    badge_earned = "badge_earned"
    streak_reached = "streak_reached"
    graduated = "graduated"
    session_closed = "session_closed"
    purchase_completed = "purchase_completed"
    purchase_refunded = "purchase_refunded"
    friend_code_redeemed = "friend_code_redeemed"
    subscription_turned = "subscription_turned"


def record(db: AsyncSession, event_type: EventType, member: Member, **payload: Any) -> None:
    """Call while stepped up: a member causes events, she does not write them."""
    event = AutomationEvent(
        event_type=event_type, user_id=member.id, email=member.email or None, payload=payload
    )
    db.add(event)
