from gynergy_app.domain.journaling.kinds import EntryType, JournalType, LoggedActionType, VisionType

__all__ = ["EntryType", "JournalType", "LoggedActionType", "VisionType"]
