"""The Content-Security-Policy that each page satisfies: what a browser may load and run, whatever a text says.

Pages carry it in their head, for hosts that cannot send headers; the files for hosts that can are written from here.
JSON-LD is data, which no policy stops.
"""

from __future__ import annotations

from collections.abc import Sequence

# `connect-src` is for the fragments, the search index and the live reload, `frame-src` for what config.iframes allows.
_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
# A browser ignores this one in a page and obeys it in a header.
_HEADER_ONLY = {"frame-ancestors": "'none'"}


def page_policy(iframes: Sequence[str] = ()) -> str:
    """The policy of a page for its `<meta http-equiv>`; `iframes` are host names."""
    return _written(_DIRECTIVES | _frames(iframes))


def header_policy(iframes: Sequence[str] = ()) -> str:
    """The same for the header `Content-Security-Policy`, which can also keep other sites from framing ours."""
    return f"{page_policy(iframes)}; {_written(_HEADER_ONLY)}"


def _frames(hosts: Sequence[str]) -> dict[str, str]:
    return {"frame-src": " ".join(f"https://{host}" for host in hosts)} if hosts else {}


def _written(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())
