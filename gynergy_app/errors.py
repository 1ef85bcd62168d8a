"""The ways to say no. Each text is written for the member and shown as it is.

GynergyError
├── NotAllowed      you may not (403)
│   └── NotSignedIn nobody is here (401)
├── NotFound        there is nothing here, or nothing of yours (404)
├── Conflict        true, but not now: something else already happened (409)
├── Invalid         what was typed cannot be taken; `problems` names each field (422)
├── TooMany         slow down (429)
└── Unavailable     a service we lean on is away; nothing was lost (503)

Named errors stand above the service that raises them.
"""


class GynergyError(Exception):
    status = 400


class NotAllowed(GynergyError):
    status = 403


class NotSignedIn(NotAllowed):
    status = 401

    def __init__(self) -> None:
        super().__init__("Please sign in to go on. What you typed stays on this device.")


class NotFound(GynergyError):
    status = 404


class Conflict(GynergyError):
    status = 409


class Invalid(GynergyError):
    """`problems` maps a field's name to the sentence that belongs beside it."""

    status = 422

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class TooMany(GynergyError):
    status = 429


class Unavailable(GynergyError):
    status = 503
