"""What Reflex asks of every app. Values come from settings."""

import hashlib
import json
import re
from html import escape
from pathlib import Path

import reflex as rx
from reflex.constants import ReactRouter, StateManagerMode
from reflex.plugins import Plugin
from reflex.utils.exec import is_prod_mode
from reflex_base.config import get_config

from gynergy_app import headers, theme
from gynergy_app.settings import ROOT, settings


class DesignTokens(Plugin):
    """Writes the tokens of `theme.py` beside the other stylesheets."""

    def get_stylesheet_paths(self, **context) -> list[str]:
        return ["./tokens.css"]

    def pre_compile(self, **context) -> None:
        context["add_save_task"](lambda: ("styles/tokens.css", theme.stylesheet()))


class SamePort(Plugin):
    """Let the built pages call the server they came from, whatever its port.

    Reflex writes the server's port into the bundle at build time. Asking the page instead means that one
    build serves `make run`, `PORT=3100 make run` and every test server.
    """

    def post_build(self, **context) -> None:
        chunks = [
            path for path in Path(context["static_dir"]).rglob("*.js") if _SOCKET.search(path.read_text())
        ]
        if not chunks:
            raise RuntimeError("No chunk names the event socket: Reflex's build has changed, see SamePort.")
        for path in chunks:
            path.write_text(_SOCKET.sub(r'"\1:"+location.port+"\2"', path.read_text()))


class WordsWithoutScript(Plugin):
    """Let an unknown address say so without a script: the page Reflex answers with there is empty.

    The page of a friend code has no address of its own either until somebody has one: it says what it is to
    whoever looks without a script, and to whatever draws a preview of its link.
    """

    def post_build(self, **context) -> None:
        from gynergy_app.pages import announcement, card
        from gynergy_app.pages.payments import join

        built = Path(context["static_dir"])
        fallback = built / ReactRouter.SPA_FALLBACK
        empty = fallback.read_text()
        fallback.write_text(_with_words(empty, "nothing_here", "Nothing here"))
        said = {**announcement(join), "og:image": card()}
        preview = "".join(
            f'<meta property="{name}" content="{escape(words)}"/>' for name, words in said.items()
        )
        (built / headers.JOIN_PAGE).write_text(_with_words(empty, "a_place", join.TITLE, preview))


def _with_words(page: str, words: str, title: str, head: str = "") -> str:
    said = (ROOT / "gynergy_app" / "pages" / f"{words}.html").read_text().strip()
    before = f"{head}<noscript><title>{title} · GYNERGY</title></noscript>"
    written, places = _BODY.subn(lambda body: before + body[0] + said, page, count=1)
    if not places:
        raise RuntimeError("The fallback has no body: Reflex's build has changed.")
    return written


class NamedBuild(Plugin):
    """Gives the service worker the name of its build, so that a browser notices a new one."""

    def post_build(self, **context) -> None:
        built = Path(context["static_dir"])
        digest = hashlib.sha256()
        for path in sorted(path for path in built.rglob("*") if path.suffix in _NAMING):
            digest.update(path.relative_to(built).as_posix().encode() + b"\0" + path.read_bytes())
        worker = built / "sw.js"
        named, count = _BUILD.subn(rf'\1"{digest.hexdigest()[:12]}"', worker.read_text())
        if count != 1:
            raise RuntimeError("The service worker does not say where its build is named.")
        worker.write_text(named)


class IconsTogether(Plugin):
    """Keeps the drawings of icons in one file: one wish instead of twenty, and smaller in all.

    What only one or two pages draw stays with them, so that nobody else loads it.
    """

    def pre_compile(self, **context) -> None:
        context["add_modify_task"]("vite.config.js", self._grouped)

    def _grouped(self, vite_config: str) -> str:
        group = '{ test: /lucide-react/, name: "icons", minShareCount: 3 },'
        written, places = _GROUPS.subn(lambda found: found[0] + group, vite_config, count=1)
        if not places:
            raise RuntimeError("Vite is not told of groups any more: Reflex's build has changed.")
        return written


class PlainStyles(Plugin):
    """Lets pages do without Emotion, a quarter of what they would load: see `components/plain_jsx.js`."""

    def pre_compile(self, **context) -> None:
        source = ROOT / "gynergy_app" / "components" / "plain_jsx.js"
        context["add_save_task"](lambda: ("utils/plain_jsx.js", source.read_text()))
        context["add_modify_task"]("vite.config.js", self._instead)

    def _instead(self, vite_config: str) -> str:
        ours = 'fileURLToPath(new URL("./utils/plain_jsx.js", import.meta.url))'
        alias = f'{{ find: "@emotion/react", replacement: {ours} }},'
        written, places = _ALIASES.subn(lambda found: found[0] + alias, vite_config, count=1)
        if not places:
            raise RuntimeError("Vite has no aliases any more: Reflex's build has changed.")
        return written


class OneAddress(Plugin):
    """While developing, let the pages' own server pass our routes and the event socket on to Python.

    Cookies and the socket's origin are then what they are in production: one address, one port.
    """

    def pre_compile(self, **context) -> None:
        if not is_prod_mode():
            context["add_modify_task"]("vite.config.js", self._with_proxy)

    def _with_proxy(self, vite_config: str) -> str:
        from gynergy_app.api import create_api

        prefixes = {getattr(route, "path", "").split("{")[0] for route in create_api().routes}
        ours = "|".join(re.escape(prefix) for prefix in sorted(prefixes | {"/_event", "/ping"}))
        proxy = {f"^({ours})": {"target": f"http://127.0.0.1:{get_config().backend_port}", "ws": True}}
        return vite_config.replace("  server: {", f"  server: {{\n    proxy: {json.dumps(proxy)},", 1)


_BODY = re.compile(r"</head>\s*<body[^>]*>")
"""What a page has before its body: a title there is for whoever has no script, which brings its own."""
_BUILD = re.compile(r"^(const BUILD = )\S+(?=;$)", re.MULTILINE)
_ALIASES = re.compile(r"alias: \[\s*")
_GROUPS = re.compile(r"groups: \[\s*")
_NAMING = {".html", ".js", ".css", ".webmanifest"}
_SOCKET = re.compile(r'[`"\']((?:ws|http)://localhost):\d+(/_event)[`"\']')

REDIS = settings.redis_url.get_secret_value() or None
PLUGINS: list[Plugin] = [
    rx.plugins.TailwindV4Plugin(theme.tailwind()),
    DesignTokens(),
    SamePort(),
    NamedBuild(),
    WordsWithoutScript(),
    IconsTogether(),
    PlainStyles(),
    OneAddress(),
]

config = rx.Config(
    app_name="gynergy_app",
    plugins=PLUGINS,
    # It would list every page, private ones too; ours is in `api/crawlers.py`.
    disable_plugins=[rx.plugins.SitemapPlugin],
    deploy_url=settings.public_url,
    cors_allowed_origins=headers.allowed_origins(),
    trusted_proxy_hops=settings.trusted_proxy_hops,
    redis_url=REDIS,
    state_manager_mode=StateManagerMode.REDIS if REDIS else StateManagerMode.MEMORY,
    frontend_compression_formats=["brotli", "gzip"],
    default_color_mode="system",
    show_built_with_reflex=False,
    telemetry_enabled=False,
)
