"""What a browser sends back of a page whose form nobody touched."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "input" and name and (told.get("type") not in ("checkbox", "radio") or "checked" in told):
            self.found[name] = told.get("value", "on" if told.get("type") == "checkbox" else "")
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area, self.found[name] = name, ""
        elif tag == "option" and self._select and ("selected" in told or self._select not in self.found):
            self.found[self._select] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data.removeprefix("\n").replace("\n", "\r\n")


def untouched(html: str) -> dict[str, str]:
    """Every field by its name, with the value it was shown with."""
    return _Fields(html).found
