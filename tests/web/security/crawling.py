"""Walk through the application as a person would: from every address without arguments along every link."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.web.matrix import addresses

OF_ONE_KIND = 2
"""So many pages of one address are looked at."""
LEAVES = {"account_logout", "health_live", "health_ready", "metrics"}


class Tags(HTMLParser):
    """Every start tag with its attributes, and what stands in scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.texts.append(data)


def is_html(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def crawl(client: Client, *first: str) -> Iterator[tuple[str, Any, str]]:
    """Every page found: address, answer, text."""
    waiting = [*first, *(reverse(one.name) for one in addresses() if one.name and not one.has_arguments)]
    seen: set[str] = set()
    of_kind: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if address in seen or kind is None or kind in LEAVES or of_kind[kind] >= OF_ONE_KIND:
            continue
        seen.add(address)
        of_kind[kind] += 1
        response = client.get(address)
        text = text_of(response)
        yield address, response, text
        if is_html(response):
            waiting += list(_links(text, address))
        elif "Location" in response.headers:
            waiting.append(response.headers["Location"])


def _kind(address: str) -> str | None:
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    return f"{found.view_name} {sorted(found.kwargs)}" if found.view_name not in LEAVES else found.view_name


def _links(text: str, address: str) -> Iterator[str]:
    for _, attributes in Tags(text).tags:
        for name in ("href", "hx-get", "src"):
            target = urldefrag(attributes.get(name, ""))[0]
            if target.startswith("/") and not target.startswith("//"):
                yield target
            elif target.startswith("?"):
                yield urlsplit(address).path + target


INLINE = re.compile(r"^on[a-z]+$")


def inline_code(text: str) -> list[str]:
    """What a strict policy would have to forbid: code and styles that stand in the page itself."""
    found = []
    tags = Tags(text)
    for tag, attributes in tags.tags:
        if tag == "script" and "src" not in attributes and attributes.get("type") != "application/json":
            found.append("<script>")
        found += [f"<{tag} {name}>" for name in attributes if INLINE.match(name) or name in ("style", "srcdoc")]
        found += [
            f"<{tag} {name}={attributes[name]!r}>"
            for name in ("href", "src", "action", "formaction", "xlink:href")
            if attributes.get(name, "").strip().lower().startswith(("javascript:", "vbscript:", "data:text"))
        ]
        found += [f"<{tag}>"] if tag in ("base", "iframe", "object", "embed", "style") else []
    return found
