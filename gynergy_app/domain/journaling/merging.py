"""When the same page was written in two places: where the two differ."""

from dataclasses import dataclass, fields

from gynergy_app.domain.journaling.drafts import Draft


@dataclass(frozen=True)
class Difference:
    """One field as it stands here and as it stands there, to be shown side by side."""

    field: str
    mine: str
    theirs: str

    @property
    def is_contested(self) -> bool:
        """Both sides hold something; where one is empty the other can be taken without asking."""
        return bool(self.mine and self.theirs)


def differences(mine: Draft, theirs: Draft) -> list[Difference]:
    """The fields that differ, in the order of the page. Lists are compared as a whole.

    >>> from gynergy_app.domain.journaling.drafts import MorningDraft
    >>> differences(MorningDraft(mantra="Slowly"), MorningDraft(mantra="Slowly, and kindly"))
    [Difference(field='mantra', mine='Slowly', theirs='Slowly, and kindly')]
    """
    pairs = ((field.name, _said(mine, field.name), _said(theirs, field.name)) for field in fields(mine))
    return [Difference(name, here, there) for name, here, there in pairs if here != there]


def _said(draft: Draft, name: str) -> str:
    value = getattr(draft, name)
    if isinstance(value, tuple):
        return "\n".join(value).strip("\n")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)
