"""The yearbook, leaf by leaf; under each leaf, what may stand on it."""

from typing import Any

import reflex as rx

from gynergy_app.components.buttons import button, text_button
from gynergy_app.components.dial import dial
from gynergy_app.components.feedback import note, skeleton
from gynergy_app.components.forms import checkbox, switch
from gynergy_app.components.links import link, outside_link
from gynergy_app.components.media import icon
from gynergy_app.components.seal import seal
from gynergy_app.components.waiting import Waiting
from gynergy_app.state.programs.yearbook import (
    GrownWord,
    Page,
    PhaseRow,
    Pick,
    Tile,
    VolumeLink,
    YearbookState,
)

BOOK, FILE = YearbookState.book, YearbookState.file


def _leaf(
    *children: rx.Component, title: str = "", line: str | rx.Var[str] = "", **props: Any
) -> rx.Component:
    head = rx.fragment(
        rx.el.h2(title, class_name="leaf-title") if title else rx.fragment(),
        rx.el.p(line, class_name="leaf-line") if title else rx.fragment(),
    )
    return rx.el.article(head, *children, class_name=f"leaf {props.pop('class_name', '')}".strip(), **props)


def _turned(name: str, is_in: bool, leaf: rx.Component, *choosing: rx.Component) -> rx.Component:
    """A leaf, the switch that leaves it out, and what is chosen for it."""
    return rx.el.div(
        rx.cond(
            is_in, leaf, rx.el.p(f"“{LEAVES[name]}” is left out of the book.", class_name="leaf-out meta")
        ),
        rx.el.div(
            switch(
                f"“{LEAVES[name]}” stands in the book",
                checked=is_in,
                on_tick=lambda said: YearbookState.leave_out(name, said),
            ),
            *choosing,
            class_name="leaf-choice",
        ),
        id=f"leaf-{name}",
        class_name="leaf-place",
    )


AS_FILE = "as-file"
LEAVES = {
    "moods": "How it felt",
    "gratitudes": "Grateful for",
    "words": "Words that grew",
    "badges": "Earned",
    "photos": "In pictures",
    "closing": "Closing words",
}


def parts() -> rx.Component:
    """What the book holds, in its order; the PDF is made of it and comes last."""
    places = [(f"leaf-{name}", title) for name, title in LEAVES.items()]
    rows = [_part(place, title) for place, title in [*places, (AS_FILE, "As a PDF")]]
    return rx.el.nav(rx.el.ul(*rows), aria_label="In this book", class_name="book-parts not-printed")


def _part(place: str, title: str) -> rx.Component:
    row = rx.el.li(outside_link(title, href=f"#{place}", class_name="link"))
    return rx.cond(BOOK.photos.picks, row) if title == LEAVES["photos"] else row


def title_leaf() -> rx.Component:
    return _leaf(
        rx.el.p("GYNERGY", class_name="leaf-brand"),
        dial(BOOK.dial, class_name="leaf-dial"),
        rx.el.h2(BOOK.name, class_name="leaf-name"),
        rx.el.p(BOOK.program, class_name="leaf-program"),
        rx.el.p(BOOK.dates, class_name="tiny mt-4"),
        rx.el.p(BOOK.kept, class_name="leaf-kept"),
        class_name="leaf-first",
    )


def mood_leaf() -> rx.Component:
    leaf = _leaf(
        rx.el.div(rx.foreach(BOOK.rows, _phase), aria_hidden="true"),
        rx.el.p(
            "Each tile is a day; its number and its light are the mood after writing, from 1 to 10.",
            class_name="tiny mt-4",
        ),
        rx.el.details(
            rx.el.summary("Show as a table", class_name="link"), _mood_table(), class_name="not-printed"
        ),
        title=LEAVES["moods"],
        line=BOOK.mood_line,
    )
    return _turned("moods", BOOK.has_moods, leaf)


def _phase(row: PhaseRow) -> rx.Component:
    return rx.el.div(
        rx.el.p(row.name, class_name="tiny"),
        rx.el.div(rx.foreach(row.tiles, _tile), class_name="tiles"),
        class_name="tile-row",
    )


def _tile(tile: Tile) -> rx.Component:
    return rx.el.span(
        rx.el.small(tile.day),
        rx.el.b(tile.mood),
        style={"--light": tile.light},
        class_name=rx.cond(tile.mood, "tile", "tile is-open"),
    )


def _mood_table() -> rx.Component:
    heads = rx.el.tr(*[rx.el.th(head, custom_attrs={"scope": "col"}) for head in ("Phase", "Moods by day")])
    return rx.el.table(
        rx.el.caption("Mood of each day", class_name="vh"),
        rx.el.thead(heads),
        rx.el.tbody(rx.foreach(BOOK.rows, _mood_row)),
        class_name="table",
    )


def _mood_row(row: PhaseRow) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.name, custom_attrs={"scope": "row"}),
        rx.el.td(rx.el.ul(rx.foreach(row.tiles, lambda tile: rx.el.li(tile.says)))),
    )


def gratitude_leaf() -> rx.Component:
    page = BOOK.gratitudes
    leaf = _leaf(
        rx.el.ul(rx.foreach(page.picks, _gratitude), class_name="leaf-lines"),
        rx.cond(page.is_empty, rx.el.p("No line is chosen for this page.", class_name="meta")),
        title=LEAVES["gratitudes"],
        line=page.line,
    )
    return _turned("gratitudes", page.is_in, leaf, _picking("gratitudes", page, "Choose the lines"))


def _gratitude(pick: Pick) -> rx.Component:
    shown = rx.el.li(rx.el.span(pick.note, class_name="tiny"), rx.el.span(pick.text, dir="auto"))
    return rx.cond(pick.is_in, shown)


def word_leaf() -> rx.Component:
    few = rx.el.p(
        "There are too few written days to compare an earlier half with a later.", class_name="meta"
    )
    leaf = _leaf(
        rx.cond(BOOK.words, rx.el.ul(rx.foreach(BOOK.words, _grown), class_name="leaf-words"), few),
        title=LEAVES["words"],
        line=BOOK.words_line,
    )
    return _turned("words", BOOK.has_words, leaf)


def _grown(word: GrownWord) -> rx.Component:
    def bar(share: str, said: str, style: str) -> rx.Component:
        return rx.el.span(
            rx.el.i(aria_hidden="true", class_name=style, style={"width": share}),
            rx.el.small(said),
            class_name="bar-line",
        )

    return rx.el.li(
        rx.el.b(word.word, dir="auto"),
        bar(word.before_share, "earlier " + word.before, "bar is-quiet"),
        bar(word.after_share, "later " + word.after, "bar"),
    )


def badge_leaf() -> rx.Component:
    page = BOOK.badges
    leaf = _leaf(
        rx.el.ul(rx.foreach(page.picks, _badge), class_name="leaf-badges"),
        rx.cond(page.is_empty, rx.el.p("No badge is chosen for this page.", class_name="meta")),
        title=LEAVES["badges"],
        line=page.line,
    )
    return _turned("badges", page.is_in, leaf, _picking("badges", page, "Choose the badges"))


def _badge(pick: Pick) -> rx.Component:
    shown = rx.el.li(
        rx.el.span(seal(pick.icon, pick.rarity), class_name="leaf-seal"),
        rx.el.span(rx.el.b(pick.text), rx.el.span(pick.note, class_name="tiny block")),
    )
    return rx.cond(pick.is_in, shown)


def photo_leaf() -> rx.Component:
    """Not there while no page of hers holds a photo."""
    page = BOOK.photos
    leaf = _leaf(
        rx.el.div(rx.foreach(page.picks, _photo), class_name="leaf-photos"),
        rx.cond(page.is_empty, rx.el.p("No photo is chosen for this page.", class_name="meta")),
        title=LEAVES["photos"],
        line=page.line,
    )
    return rx.cond(
        page.picks, _turned("photos", page.is_in, leaf, _picking("photos", page, "Choose the photos"))
    )


def _photo(pick: Pick) -> rx.Component:
    shown = rx.el.figure(
        rx.el.img(src=pick.picture, alt=pick.text, loading="lazy"),
        rx.el.figcaption(pick.note, class_name="tiny"),
    )
    return rx.cond(pick.is_in, shown)


def closing_leaf() -> rx.Component:
    page = BOOK.closing
    leaf = _leaf(
        rx.foreach(page.picks, _closing),
        rx.cond(page.is_empty, rx.el.p("The last page stays empty.", class_name="meta")),
        class_name="leaf-last",
        aria_label=LEAVES["closing"],
    )
    return _turned("closing", page.is_in, leaf, _picking("closing", page, "Choose the last words"))


def _closing(pick: Pick) -> rx.Component:
    shown = rx.el.figure(
        rx.el.blockquote(pick.text, dir="auto"), rx.el.figcaption(pick.note, class_name="tiny mt-4")
    )
    return rx.cond(pick.is_in, shown)


def _picking(name: str, page: Page, words: str) -> rx.Component:
    """Everything there is, to tick; each tick is kept at once."""
    nothing = rx.el.p("There is nothing to choose from yet.", class_name="meta")
    ticks = rx.el.fieldset(
        rx.el.legend(words, class_name="vh"),
        rx.foreach(page.picks, lambda pick: _tick(name, pick)),
        class_name="picks",
    )
    return rx.cond(
        page.picks,
        rx.el.details(
            rx.el.summary(words, class_name="link"),
            rx.cond(
                page.is_full, rx.el.p("No more fits on these pages. Take one out first.", class_name="meta")
            ),
            ticks,
            text_button("Choose as suggested", on_click=YearbookState.suggest(name)),
        ),
        nothing,
    )


def _tick(name: str, pick: Pick) -> rx.Component:
    label = rx.el.span(
        rx.cond(pick.picture, rx.el.img(src=pick.picture, alt="", loading="lazy")),
        rx.el.span(pick.text, dir="auto"),
        rx.el.small(pick.note, class_name="tiny block"),
    )
    return checkbox(
        label,
        f"{name}-{pick.item}",
        checked=pick.is_in,
        on_tick=lambda said: YearbookState.choose(name, pick.item, said),
    )


def volumes() -> rx.Component:
    """Her other books. Nothing while there is only the one on the page."""
    listed = rx.el.nav(
        rx.el.h2("Your yearbooks", id="volumes", class_name="heading"),
        rx.el.ul(rx.foreach(YearbookState.volumes, _volume), class_name="mt-2"),
        aria_labelledby="volumes",
        class_name="card card-pad not-printed",
    )
    return rx.cond(YearbookState.volumes, listed)


def _volume(one: VolumeLink) -> rx.Component:
    current = {"aria-current": rx.cond(one.is_open, "page", "false")}
    return rx.el.li(
        link(one.dates, href=one.href, custom_attrs=current, class_name="link"),
        rx.el.span(one.program, rx.cond(one.is_open, ", open here", ""), class_name="tiny"),
        class_name="flex flex-wrap items-center gap-x-3",
    )


def file_card() -> rx.Component:
    """The book as a PDF: asked for, being made, there, or not."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("As a PDF", id=AS_FILE, class_name="heading"),
            rx.el.p("Set for paper, A5. Kept privately: only you can download it.", class_name="meta"),
        ),
        rx.el.div(
            rx.match(
                FILE.state,
                ("preparing", _preparing()),
                ("ready", _ready()),
                ("failed", _failed()),
                button("Make the PDF", kind="primary", icon="file-down", on_click=YearbookState.ask_for_file),
            ),
            role="status",
        ),
        rx.cond(
            BOOK.missing_letters,
            note(
                "Some characters cannot be set in the PDF",
                f"Its typefaces lack these: {BOOK.missing_letters} There the PDF shows […]. "
                "This page has them all: print it from your browser to have them on paper.",
                symbol="info",
            ),
        ),
        Waiting.create(is_waiting=FILE.state == "preparing", on_look=YearbookState.look),
        aria_labelledby=AS_FILE,
        class_name="card card-pad book-file",
    )


def _preparing() -> rx.Component:
    return rx.el.div(
        rx.el.p("Setting your book. It will be here by itself in a moment.", class_name="label"),
        skeleton("100%", "6px"),
        rx.cond(
            FILE.is_slow,
            rx.el.p(
                "It takes longer than usual. You may leave this page; it goes on without you. ",
                text_button("Ask again", on_click=YearbookState.ask_for_file),
                class_name="meta",
            ),
        ),
        rx.cond(FILE.has_earlier, _download("Download the one from before", "btn btn-quiet")),
        class_name="grid gap-3",
    )


def _ready() -> rx.Component:
    """A file that shows what the pages say; or one from before they were changed."""
    as_written = rx.el.div(
        _download("Download your yearbook", "btn btn-primary"),
        text_button("Set it again", on_click=YearbookState.ask_for_file),
        rx.el.p(
            "A choice you change is set anew by itself; words you change on a page, when you ask.",
            class_name="tiny basis-full",
        ),
        class_name="row flex-wrap",
    )
    older = rx.el.div(
        rx.el.p("Pages changed since this PDF was made. It shows them as they were.", class_name="label"),
        rx.el.div(
            button("Set it again", kind="primary", icon="file-down", on_click=YearbookState.ask_for_file),
            _download("Download it as it is", "btn btn-quiet"),
            class_name="row flex-wrap",
        ),
        class_name="grid gap-3",
    )
    return rx.cond(FILE.is_older, older, as_written)


def _download(words: str, style: str) -> rx.Component:
    return outside_link(icon("file-down", 18), words, href=FILE.href, download="", class_name=style)


def _failed() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "The PDF could not be made. Your choices are safe, and so is every page.", class_name="label"
        ),
        button("Try again", on_click=YearbookState.ask_for_file),
        class_name="grid gap-3 justify-items-start",
    )
