"""What an admin types about a program and its parts, and what is wrong with it."""

from gynergy_app.domain.program_drafts.base import Circumstances, Draft, Problems, as_date, whole_number
from gynergy_app.domain.program_drafts.books import POINTS, BookDraft
from gynergy_app.domain.program_drafts.days import WEEKS, ActionDraft, MilestoneDraft, QuoteDraft
from gynergy_app.domain.program_drafts.sessions import SessionDraft

__all__ = [
    "POINTS",
    "WEEKS",
    "ActionDraft",
    "BookDraft",
    "Circumstances",
    "Draft",
    "MilestoneDraft",
    "Problems",
    "QuoteDraft",
    "SessionDraft",
    "as_date",
    "whole_number",
]
