import pytest

from otklik.intake import ReadOptions, load_mapping, read_log, save_mapping
from otklik.intake.mapping import BrokenMapping, mapping_of

ODD = "какой,когда,потом,как\n1,05.03.2024 10:00,06.03.2024 10:00,готово-готово\n2,06.03.2024 10:00,,ждём-с\n"


@pytest.fixture
def odd_table(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text(ODD, "utf-8")
    return path


ROLES = {"какой": "request", "когда": "created", "потом": "closed", "как": "status"}


@pytest.mark.parametrize("ending", ["toml", "json"])
def test_what_was_worked_out_is_saved_and_read_again_the_same(odd_table, tmp_path, ending):
    log = read_log([odd_table], ReadOptions(roles=ROLES))
    path = tmp_path / f"mapping.{ending}"
    save_mapping(path, log.guesses)
    again = read_log([odd_table], ReadOptions(mapping=load_mapping(path)))
    assert again.events.equals(log.events)
    assert mapping_of(again.guesses)["roles"] == ROLES


def test_states_can_be_told(odd_table):
    states = {"готово-готово": "resolved", "ждём-с": "waiting_customer"}
    log = read_log([odd_table], ReadOptions(mapping={"roles": ROLES, "states": states}))
    told = {guess.value: guess.facts["names"] for guess in log.guesses if guess.what == "state"}
    assert told == {"resolved": "готово-готово", "waiting_customer": "ждём-с"}


@pytest.mark.parametrize("text", ["roles = 3", "[roles]\na = 1", "colour = 'red'", "not toml", "[[", "x = 1\nx = 2"])
def test_a_broken_mapping_says_so(tmp_path, text):
    path = tmp_path / "m.toml"
    path.write_text(text)
    with pytest.raises(BrokenMapping, match=r"m\.toml"):
        load_mapping(path)


def test_a_list_is_no_mapping(tmp_path):
    path = tmp_path / "m.json"
    path.write_text("[]")
    with pytest.raises(BrokenMapping):
        load_mapping(path)
