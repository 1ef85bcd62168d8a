"""The small page of an answer that no page of ours draws: one sentence and a way back."""

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
<p><a href="/">Back to the start</a></p>
{reference}
"""


def notice(sentence: str, reference: str = "") -> str:
    """`reference` is what a member may quote when she writes to us."""
    quoted = f"<p><small>Reference {html.escape(reference)}</small></p>" if reference else ""
    return _PAGE.format(sentence=html.escape(sentence), reference=quoted)
