"""One of the forty-five days, opened. The calendar stays beside it."""

from gynergy_app import routes
from gynergy_app.pages.programs import history

ROUTE = routes.HISTORY_DAY
TITLE = "A day"
DESCRIPTION = "One day of the challenge, to read again."
ON_LOAD = history.ON_LOAD
ACCESS = "member"

page = history.page
