from pathlib import Path

from otklik.actions.import_log import Records, import_log
from otklik.actions.save_mapping import save_log_mapping
from otklik.schemas.log import ServiceLog


def test_a_saved_mapping_reads_the_same_file_the_same_way(log: ServiceLog, shop: Path, tmp_path: Path) -> None:
    save_log_mapping(log, tmp_path / "shop.toml")
    again = import_log(Records((str(shop),), mapping_file=tmp_path / "shop.toml"))
    assert again.events.equals(log.events)


def test_a_corrected_mapping_is_obeyed(log: ServiceLog, shop: Path, tmp_path: Path) -> None:
    save_log_mapping(log, tmp_path / "shop.toml")
    text = (tmp_path / "shop.toml").read_text("utf-8")
    assert '"Team" = "team"' in text
    (tmp_path / "shop.toml").write_text(text.replace('"Team" = "team"', '"Team" = "segment"'), "utf-8")
    again = import_log(Records((str(shop),), mapping_file=tmp_path / "shop.toml"))
    assert "Orders" in again.requests["segment"].to_pylist()
