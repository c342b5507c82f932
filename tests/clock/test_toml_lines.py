from otklik.clock.toml_lines import TomlLines

TEXT = """\
default = "main"

[calendars.main]            # the office
time_zone = "UTC"
[calendars.main.weekly]
"mon-fri" = [
  "9-18",
  "19-20",
]
sat.late = "x"

[[calendars."the shop"]]
name = "a"
[[calendars."the shop"]]
name = "b"
[calendars."the shop".weekly]
mon = "9-18"
"""
LINES = TomlLines(TEXT)


def test_keys_and_tables():
    assert LINES.line(("default",)) == 1
    assert LINES.line(("calendars", "main")) == 3
    assert LINES.line(("calendars", "main", "weekly", "mon-fri")) == 6
    assert LINES.line(("calendars", "main", "weekly", "sat", "late")) == 10


def test_blocks_of_an_array_are_numbered():
    assert LINES.line(("calendars", "the shop", 0, "name")) == 13
    assert LINES.line(("calendars", "the shop", 1, "name")) == 15
    assert LINES.line(("calendars", "the shop", 1, "weekly", "mon")) == 17


def test_what_is_not_there_is_looked_for_around_it():
    assert LINES.line(("calendars", "main", "country")) == 3
    assert LINES.line(("nothing",)) == 1


def test_one_item_of_a_long_list():
    assert LINES.line(("calendars", "main", "weekly", "mon-fri"), "19-20") == 8
    assert LINES.line(("calendars", "main", "weekly", "mon-fri"), "elsewhere") == 6
