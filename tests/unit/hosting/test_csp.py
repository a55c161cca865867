"""The policy of pages and of headers, and that what we ship needs nothing that it forbids."""

from __future__ import annotations

from mujaz.hosting.csp import header_policy, page_policy
from mujaz.model.settings import Policy


def directives(policy: str) -> dict[str, str]:
    return {name: value for name, _, value in (part.partition(" ") for part in policy.split("; "))}


def test_nothing_is_allowed_but_the_sites_own_files() -> None:
    allowed = directives(page_policy())
    assert allowed.pop("default-src") == allowed.pop("base-uri") == "'none'"
    assert set(allowed.values()) == {"'self'"}
    assert "unsafe" not in page_policy(["www.example.org"])


def test_frames_come_from_the_hosts_that_config_names_and_from_nowhere_else() -> None:
    assert "frame-src" not in directives(page_policy())  # then default-src counts: none
    assert directives(page_policy(["a.example", "b.example"]))["frame-src"] == "https://a.example https://b.example"


def test_each_kind_of_host_is_allowed_for_that_alone() -> None:
    for kind, name in (
        ("script", "script-src"),
        ("connect", "connect-src"),
        ("form", "form-action"),
        ("img", "img-src"),
    ):
        allowed = directives(page_policy(hosts=Policy(**{kind: ("stats.example",)})))
        assert allowed.pop(name) == "'self' https://stats.example" and "stats" not in " ".join(allowed.values())
    both = directives(page_policy(["a.example"], Policy(frame=("b.example",))))
    assert both["frame-src"] == "https://a.example https://b.example"
    script = directives(page_policy(hosts=Policy(script=("stats.example",))))["script-src"]
    assert script == "'self' https://stats.example"


def test_the_header_also_forbids_other_sites_to_frame_ours() -> None:
    extra = directives(header_policy(["a.example"])).items() - directives(page_policy(["a.example"])).items()
    assert extra == {("frame-ancestors", "'none'")}
