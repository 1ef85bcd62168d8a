"""The group that lives one book session together."""

from enum import StrEnum


class CohortRole(StrEnum):
    admin = "admin"
    moderator = "moderator"
    member = "member"
