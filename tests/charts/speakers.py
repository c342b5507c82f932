"""Speech in both languages for the tests of pictures, and what a spec says."""

import json

from otklik.charts import Picture, Speech

EN, RU = Speech("en"), Speech("ru")


def words_of(picture: Picture) -> str:
    """Everything that is written in a picture, wide and narrow."""
    return json.dumps([picture.spec, picture.narrow], ensure_ascii=False).replace("\u00a0", " ")


def widths_of(picture: Picture) -> list[int]:
    return [picture.spec["width"], (picture.narrow or {})["width"]]
