"""The second speed: compiled from the same source, kept where it may be written, never stale."""

from pathlib import Path

import pytest

from otklik.measures import compiling
from otklik.measures.compiling import cache_folder, compiled_kernel, is_kept, sources_key


def test_machine_code_is_kept_in_the_users_cache_and_not_beside_the_sources(monkeypatch, tmp_path):
    monkeypatch.delenv("OTKLIK_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "otklik" / f"kernel-{sources_key()}"
    assert not is_kept()


def test_where_nothing_can_be_written_nothing_is_kept(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("OTKLIK_CACHE", str(blocked))
    assert cache_folder() is None
    assert not is_kept()


def test_another_source_is_another_key(monkeypatch, tmp_path):
    before = sources_key()
    for path in Path(compiling.__file__).parent.glob("*.py"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(compiling, "__file__", str(tmp_path / "compiling.py"))
    assert sources_key() == before
    (tmp_path / "first_reply.py").write_text("# changed")
    assert sources_key() != before


@pytest.mark.slow
def test_compiling_leaves_the_settings_of_others_alone():
    import numba

    before = numba.config.CACHE_DIR
    assert compiled_kernel() is compiled_kernel()
    assert before == numba.config.CACHE_DIR


def test_one_form_of_a_function_serves_all_numbers_written_into_its_calls():
    import numba

    double = compiling.once_for_all_numbers(numba.njit(lambda n: 2 * n))
    assert numba.njit(lambda: double(1) + double(2) + double(3))() == 12
    assert len(double.signatures) == 1
