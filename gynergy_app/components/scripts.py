"""Where the build finds the JavaScript that lies beside a component."""

from pathlib import Path
from uuid import uuid4

from gynergy_app.settings import ROOT


def script(name: str, module: str) -> str:
    """The `library` of a component whose script lies in the same folder: `script("tabs.jsx", __name__)`.

    Answers what `rx.asset(name, shared=True).importable_path` does, without reading the source of the whole
    call stack for each script: that took half of the time the server needs to start.
    """
    folder = Path(*module.split("."))
    source = (ROOT / folder).parent / name
    if not source.exists():
        raise FileNotFoundError(f"{module} names a script that is not there: {source}")
    link = ROOT / "assets" / "external" / folder / name
    if link.resolve() != source.resolve():
        _point(link, source)
    return f"$/public/external/{folder.as_posix()}/{name}"


def _point(link: Path, source: Path) -> None:
    """Put the link in place in one step: several processes may be compiling."""
    link.parent.mkdir(parents=True, exist_ok=True)
    draft = link.with_name(f".{uuid4().hex}")
    draft.symlink_to(source)
    draft.replace(link)
