from gynergy_app.domain.accounts.people import DigestFrequency, Member, Role, Theme

__all__ = ["DigestFrequency", "Member", "Role", "Theme"]
