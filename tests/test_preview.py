"""`build.py preview` shows the output below its base path, and the site's own page for what is not there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import Site, article

from mujaz.errors import UsageError
from mujaz.preview import server


@pytest.fixture
def address(make_site: Callable[..., Site]) -> Iterator[str]:
    site = make_site({"content/a.md": article("قصة")})
    site.build()
    with server(site.root / "output", "/news", 0) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


def test_pages_are_below_the_base_path(address: str) -> None:
    with urlopen(f"{address}/news/") as answer:
        assert "صحيفة التجربة" in answer.read().decode()


@pytest.mark.parametrize("path", ["/news/nothing/", "/", "/newsroom/", "/news/../../etc/passwd"])
def test_what_is_not_there_is_answered_by_the_sites_own_page(address: str, path: str) -> None:
    with pytest.raises(HTTPError) as caught:
        urlopen(address + path)
    assert caught.value.code == 404
    assert "نعتذر" in caught.value.read().decode()
    caught.value.close()


def test_a_port_in_use_is_said_to_be(address: str, make_site: Callable[..., Site]) -> None:
    with pytest.raises(UsageError, match="--port"):
        server(make_site().root, "", int(address.rpartition(":")[2]))
