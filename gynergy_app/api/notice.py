"""The small page of an answer that no page of ours draws: one sentence, perhaps a button, and a way back."""

import html

SORRY = "Something went wrong on our side. What you saved is safe. Please try again in a moment."

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="dark light">
<title>GYNERGY</title>
<body style="font: 18px/1.6 system-ui, sans-serif; max-width: 34rem; margin: 18vh auto; padding: 0 1.5rem">
<p>{sentence}</p>
{button}<p><a href="{path}">{way_back}</a></p>
{reference}
"""

_BUTTON = """<form method="post">
<button style="font: inherit; min-height: 48px; padding: 0 1.5rem; cursor: pointer">{label}</button>
</form>
"""

TO_THE_START = ("/", "Back to the start")


def notice(
    sentence: str, reference: str = "", *, button: str = "", way_back: tuple[str, str] = TO_THE_START
) -> str:
    """`reference` is what a member may quote when she writes to us. `button` posts to this very address."""
    quoted = f"<p><small>Reference {html.escape(reference)}</small></p>" if reference else ""
    path, words = way_back
    return _PAGE.format(
        sentence=html.escape(sentence),
        button=_BUTTON.format(label=html.escape(button)) if button else "",
        path=html.escape(path),
        way_back=html.escape(words),
        reference=quoted,
    )
