from otklik.base.progress import no_progress


def test_saying_nothing_is_a_progress_too(capsys) -> None:
    no_progress("Reading", 1, None)
    assert capsys.readouterr() == ("", "")
