"""The Content-Security-Policy of every page: what a browser may load and run, whatever an article holds.

Pages have it in their head, for hosts that cannot send headers; `server_config` writes it for hosts that can.
JSON-LD is data, which no policy blocks.
"""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.frozen import asdict
from mujaz.model.settings import Policy

# `connect-src` is for the fragments, the search index and the live reload; `frame-src` comes with config.iframes.
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
DIRECTIVE_OF = {  # kind of file in `policy` of config.yaml → directive
    **{kind: f"{kind}-src" for kind in ("script", "style", "img", "media", "connect", "frame")},
    "form": "form-action",
}
NOBODY = Policy()
# Browsers ignore this directive in a page and obey it in a header.
_HEADER_ONLY = {"frame-ancestors": "'none'"}


def page_policy(iframes: Sequence[str] = (), hosts: Policy = NOBODY) -> str:
    """The policy of a page for its `<meta http-equiv>`.

    `iframes` are the hosts whose frames articles may embed, `hosts` those that `policy` in config.yaml allows.
    """
    allowed = dict(_DIRECTIVES)
    for kind, names in asdict(hosts).items():
        name = DIRECTIVE_OF[kind]
        wanted = (*iframes, *names) if kind == "frame" else names
        if wanted:
            allowed[name] = " ".join([*filter(None, [allowed.get(name)]), *(f"https://{host}" for host in wanted)])
    return _written(allowed)


def header_policy(iframes: Sequence[str] = (), hosts: Policy = NOBODY) -> str:
    """The same policy as a header, which also keeps other sites from framing ours."""
    return f"{page_policy(iframes, hosts)}; {only_in_headers()}"


def only_in_headers() -> str:
    """What of the policy no page can say itself."""
    return _written(_HEADER_ONLY)


def _written(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())
