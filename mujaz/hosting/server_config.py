"""Configuration files for hosts: redirects, withdrawn stories, headers, MIME types. They are planned like pages.

Netlify and Cloudflare Pages read `_redirects` and `_headers`, GitHub Pages reads `.nojekyll`; the files for nginx and
Caddy are in `.hosting/`, to be included in the configuration of a server.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from mujaz.frozen import Value
from mujaz.hosting.csp import header_policy, only_in_headers
from mujaz.messages.message import say
from mujaz.model.file_views import TextView
from mujaz.model.names import without_index
from mujaz.model.page import Page
from mujaz.model.settings import Config
from mujaz.model.urls import STAMP
from mujaz.model.views import RedirectView

FOLDER = ".hosting/"
CSP = "Content-Security-Policy"
# Seconds that a browser may use a file without asking again. Files in assets/ have their digest in their name; for the
# others browsers send the host's validators (ETag, Last-Modified) back, so an unchanged file costs a 304.
PAGES, FEEDS, ASSETS = 60, 300, 31_536_000
# Cloudflare Pages reads this many rules of `_redirects`, and this many bytes; it silently drops the rest.
CLOUDFLARE_RULES, CLOUDFLARE_BYTES = 2_000, 100_000
CLOUDFLARE_RULE, CLOUDFLARE_LINE = 1_000, 2_000  # characters of a rule of `_redirects`, and of a line of `_headers`
NGINX_WORD = 4_000  # characters; nginx 1.22 reads its file in pieces of 4,096, and refuses a word that fits in none
LONGEST_LOCATION = 255  # bytes of an address
TYPES = {  # by the end of the address, types that the tables of hosts lack or have otherwise
    "feed.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "feeds.opml": "text/x-opml",
    "site.webmanifest": "application/manifest+json",
}
TEXT_TYPES = (  # compressed, and sent as UTF-8
    *("text/plain", "text/css", "text/xml", "text/javascript", "application/javascript", "application/json"),
    *("application/xml", "image/svg+xml", *dict.fromkeys(TYPES.values())),
)


PLAIN_ADDRESS = re.compile(r"[\w/.-]+")  # has no special meaning for Caddy
ODD = re.compile(r"[\x00-,.:-@\[-^`{-\x7f]")  # special in a regular expression, or the start of a placeholder


class Traffic(Value):
    """Redirects and withdrawn stories. Addresses are site-absolute; the old ones of `moved` are not percent-encoded."""

    moved: tuple[tuple[str, str], ...]  # (old address, url), aliases first, then short links, the newest first
    gone: tuple[str, ...]  # addresses of withdrawn stories


def plan(config: Config, pages: Sequence[Page]) -> Iterator[Page]:
    """The files for the hosts in `hosting` of config.yaml, from the redirects and notices among `pages`."""
    if not config.hosting:
        return
    traffic = traffic_of(config, pages)
    write: dict[str, Callable[[], str]] = {
        "_redirects": lambda: redirects(config, traffic),
        "_headers": lambda: headers(config),
        ".nojekyll": str,
        FOLDER + "nginx.conf": lambda: nginx(config, traffic),
        FOLDER + "Caddyfile": lambda: caddy(config, traffic),
    }
    wanted = {
        "github-pages": (".nojekyll",),
        "netlify": ("_redirects", "_headers"),
        "cloudflare": ("_redirects", "_headers"),
        "nginx": (FOLDER + "nginx.conf",),
        "caddy": (FOLDER + "Caddyfile",),
    }
    for path in dict.fromkeys(path for host in config.hosting for path in wanted[host]):
        yield Page(path=path, layout="", view=TextView(text=write[path]()), origin=say("origin-hosting", path=path))


def traffic_of(config: Config, pages: Sequence[Page]) -> Traffic:
    """The redirects and the notices of withdrawn stories among `pages`."""

    def address(page: Page) -> str:
        return f"{config.base_path}/{without_index(page.path)}"

    short = f"{config.base_path}/s/"
    leading = ((page, page.view) for page in pages if page.layout == "redirect.html")
    moved = [(address(page), view.target) for page, view in leading if isinstance(view, RedirectView)]
    moved.sort(key=lambda pair: pair[1], reverse=True)  # an article's url begins with its day
    moved.sort(key=lambda pair: pair[0].startswith(short))
    gone = sorted(address(page) for page in pages if page.layout == "notice.html")
    return Traffic(moved=tuple(moved), gone=tuple(gone))


def security(config: Config) -> dict[str, str]:
    """The security headers of every response. Where a policy is too long for a host the pages have it themselves."""
    policy = header_policy(config.iframes, config.policy)
    longest = CLOUDFLARE_LINE - 100 if "cloudflare" in config.hosting else NGINX_WORD
    return {
        CSP: policy if len(policy) <= longest else only_in_headers(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


# ---------------------------------------------------------------- Netlify, Cloudflare Pages


def redirects(config: Config, traffic: Traffic) -> str:
    """The rules of `_redirects`, one a line. Where only Netlify reads it, `!` gives the rule precedence over the page.

    Cloudflare Pages does not know `!` and always applies its rules; those beyond its limits are left out, and the pages
    redirect by themselves. Netlify does not tell `/a` from `/a/`, nor, as it may be set, from `/a.html`: a rule
    with `!` between two such addresses would lead to itself for ever.
    """
    cloudflare = "cloudflare" in config.hosting
    lines: list[str] = []
    size = 0
    for source, target in traffic.moved:
        written = quote(source, safe="/")
        first = "" if cloudflare or written.removesuffix(".html").rstrip("/") == target.rstrip("/") else "!"
        line = f"{written} {target} 301{first}\n"
        if cloudflare and len(line) > CLOUDFLARE_RULE:
            continue
        size += len(line)
        if cloudflare and (len(lines) == CLOUDFLARE_RULES or size > CLOUDFLARE_BYTES):
            break
        lines.append(line)
    return "".join(lines)


def headers(config: Config) -> str:
    """The rules of `_headers`."""
    base = config.base_path
    every = security(config)
    rules = [(f"{base}/*", list(every.items()))]
    rules.append((f"{base}/assets/*", [("Cache-Control", _cache(ASSETS))]))
    for name, kind in TYPES.items():
        for pattern in (f"{base}/{name}", f"{base}/*/{name}"):
            rules.append((pattern, [("Content-Type", f"{kind}; charset=utf-8"), ("Cache-Control", _cache(FEEDS))]))
    return "\n".join(
        f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in pairs) for pattern, pairs in rules
    )


def _cache(seconds: int) -> str:
    return f"public, max-age={seconds}" + (", immutable" if seconds == ASSETS else "")


# ---------------------------------------------------------------- nginx


def nginx(config: Config, traffic: Traffic) -> str:
    """`include …/.hosting/nginx.conf;` it in a `server` whose `root`, with the base path, is the output folder."""
    base = config.base_path

    def add(seconds: int, indent: str) -> str:
        # In nginx a location that adds a header inherits none.
        pairs = {"Cache-Control": _cache(seconds), **security(config)}
        return "".join(f"{indent}add_header {name} {_nginx(value)} always;\n" for name, value in pairs.items())

    parts = [
        "# Include this in a server block whose root, followed by the base path, is the output folder.\n",
        "index index.html;\nabsolute_redirect off;\ncharset utf-8;\n",
        f"charset_types {' '.join(TEXT_TYPES)};\n",
        _nginx_compression(config),
        f"error_page 404 {base}/404.html;\n",
        add(PAGES, ""),
        "location ~ /\\.(?!well-known/) {\n    return 404;\n}\n",
        f"location = {base}/{STAMP} {{ }}\n",
        f"location ^~ {base}/assets/ {{\n{add(ASSETS, '    ')}}}\n",
    ]
    for name, kind in TYPES.items():
        pattern = name.replace(".", "\\.")
        parts.append(
            f"location ~ ^{_regex(base)}/(.+/)?{pattern}$ {{\n    types {{ }}\n    default_type {kind};\n"
            f"{add(FEEDS, '    ')}}}\n"
        )
    for source, target in traffic.moved:
        parts.append(f"location {_nginx_place(source)} {{ return 301 {_nginx(target)}; }}\n")
    for address in traffic.gone:
        parts.append(
            f"location {_nginx_place(address)} {{\n    error_page 410 {_nginx(address + 'index.html')};\n"
            "    return 410;\n}\n"
        )
    return "".join(parts)


def _nginx_place(address: str) -> str:
    """What a `location` says that is this address alone.

    nginx 1.22 keeps the length of such a text in a byte: a longer one would match nothing, nor would those beside it.
    """
    if len(address.encode()) <= LONGEST_LOCATION:
        return f"= {_nginx(address)}"
    return "~ " + _nginx("^" + ODD.sub(r"\\\g<0>", address) + "$")


def _nginx_compression(config: Config) -> str:
    if config.precompress:
        return "gzip_static on;\ngzip_vary on;\n# brotli_static on;  # where nginx has the module ngx_brotli\n"
    return f"gzip on;\ngzip_vary on;\ngzip_comp_level 6;\ngzip_types {' '.join(TEXT_TYPES)};\n"


def _nginx(text: str) -> str:
    """`text` as a quoted string of nginx.

    In the arguments of `return`, `error_page` and `add_header` a `$` begins a variable and cannot be escaped; ours are
    percent-encoded URLs, addresses made of slugs, and our own headers. `location =` takes it literally.
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _regex(base: str) -> str:
    return base.replace(".", "\\.")


# ---------------------------------------------------------------- Caddy


def caddy(config: Config, traffic: Traffic) -> str:
    """`import …/.hosting/Caddyfile` it into a site whose `root`, with the base path, is the output folder."""
    base = config.base_path
    lines = [
        "# Import this in a site block whose root, followed by the base path, is the output folder.",
        "route {",
        f'\theader Cache-Control "{_cache(PAGES)}"',
        *(f"\theader {name} {_caddy(value)}" for name, value in security(config).items()),
        f'\theader {base}/assets/* Cache-Control "{_cache(ASSETS)}"',
    ]
    for name, kind in TYPES.items():
        matcher = "@" + name.replace(".", "-")
        lines.append(f"\t{matcher} path {base}/{name} {base}/*/{name}")
        lines.append(f'\theader {matcher} Content-Type "{kind}; charset=utf-8"')
        lines.append(f'\theader {matcher} Cache-Control "{_cache(FEEDS)}"')
    shown = dict.fromkeys(("/.well-known/*", f"{base}/.well-known/*", f"{base}/{STAMP}"))
    lines += ["\t@dots {", "\t\tpath */.*", f"\t\tnot path {' '.join(shown)}", "\t}", "\terror @dots 404"]
    if traffic.moved:
        lines.append("\tmap {http.request.uri.path} {mujaz_target} {")
        lines += [f"\t\t{_caddy_source(source)} {_caddy(target)}" for source, target in traffic.moved]
        lines += ['\t\tdefault ""', "\t}", '\t@moved expression `{mujaz_target} != ""`']
        lines.append("\tredir @moved {mujaz_target} 301")
    if traffic.gone:
        lines.append("\t@gone path " + " ".join(_caddy(address) for address in traffic.gone))
        lines.append("\terror @gone 410")
    compressed = ("\tfile_server {", "\t\tprecompressed br gzip", "\t}")
    lines += compressed if config.precompress else ("\tencode gzip", "\tfile_server")
    lines += ["}", "handle_errors {", "\t@missing expression {http.error.status_code} == 404"]
    # What was said of a file that is not there would hold for its error: a 404 for a year, or as a feed.
    lines += [f'\theader Cache-Control "{_cache(PAGES)}"', '\theader @missing Content-Type "text/html; charset=utf-8"']
    lines += [f"\trewrite @missing {base}/404.html", "\tfile_server", "}"]
    return "\n".join(lines) + "\n"


def _caddy(text: str) -> str:
    """`text`, a percent-encoded URL, an address made of slugs or a header, as a quoted string of a Caddyfile.

    Caddy replaces `{$NAME}` by a variable of the environment before it reads quotes, and nothing escapes that.
    """
    assert "{" not in text, text
    return '"' + text.replace('"', '\\"') + '"'


def _caddy_source(address: str) -> str:
    """An old address as a key of `map`; one with special characters as a regular expression that has them in hex."""
    if PLAIN_ADDRESS.fullmatch(address):
        return _caddy(address)
    return _caddy("~^" + ODD.sub(lambda odd: f"\\x{ord(odd[0]):02x}", address) + "$")
