"""Loading a pack: one edition for what changed, nothing for nothing, all or nothing."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.editions.files import BrokenEdition, check_file
from analytics.editions.publish import publish_pack
from analytics.editions.store import NoEdition, open_store
from analytics.ledger.batches import active_batches, batch_content
from analytics.pack.problems import PackRefused
from analytics.pack.reader import read_pack
from analytics.settings import Settings
from tests.small_pack import AGRICULTURE, write_small_pack

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def settings_for(folder: Path, *regions: str) -> Settings:
    return Settings(
        regions=regions or ("uji",), default_region="uji", language="id",
        data_dir=folder / "data", home=folder / "var", database_url=None, port=8501,
        public_url=None,
    )  # fmt: skip


@pytest.fixture
def settings(tmp_path):
    write_small_pack(tmp_path / "data" / "uji")
    return settings_for(tmp_path)


def load(settings, region="uji"):
    pack = read_pack(settings.pack_dir(region))
    store = open_store(settings, region)
    return store, publish_pack(store, pack, published_by="tester", now=NOW)


def test_loading_makes_the_first_edition(settings):
    store, report = load(settings)
    assert (report.edition, report.is_new) == (1, True)
    facts = report.datasets["agriculture"]
    assert (facts["rows"], facts["values"], facts["missing"], facts["rejected"]) == (5, 5, 1, 0)
    assert store.edition().stamp.published_at == NOW


def test_an_edition_made_late_in_the_evening_of_london_is_of_the_next_day_in_the_region(settings):
    store = open_store(settings, "uji")
    publish_pack(store, read_pack(settings.pack_dir("uji")), published_by="tester",
                 now=NOW.replace(hour=18))  # fmt: skip
    assert store.edition().stamp.published_on == date(2026, 11, 25)


def test_loading_again_changes_nothing(settings):
    store, _ = load(settings)
    _, again = load(settings)
    assert (again.edition, again.is_new) == (1, False)
    assert store.numbers() == (1,)


def test_a_changed_file_makes_a_new_edition_and_the_old_one_stays(settings):
    store, _ = load(settings)
    write_small_pack(settings.pack_dir("uji"), agriculture=AGRICULTURE.replace("100.5", "101.5"))
    _, report = load(settings)
    assert (report.edition, report.is_new) == (2, True)
    values = [
        store.edition(number)
        .observations("agriculture", source_id="s_official", indicator="production",
                      ref_area="88.01")["obs_value"].item()
        for number in (1, 2)
    ]  # fmt: skip
    assert values == [100.5, 101.5]


def test_the_bytes_of_a_replaced_file_stay_in_the_ledger(settings):
    store, _ = load(settings)
    with store.engine.connect() as connection:
        (batch,) = active_batches(connection, edition=1)
    write_small_pack(settings.pack_dir("uji"), agriculture=AGRICULTURE.replace("100.5", "101.5"))
    load(settings)
    with store.engine.connect() as connection:
        assert batch_content(connection, batch.batch_id) == AGRICULTURE.encode()
        assert active_batches(connection, edition=1) == [batch]


def test_a_bad_pack_is_refused_and_the_old_edition_stays(settings):
    store, _ = load(settings)
    before = sorted(path.name for path in store.folder.iterdir())
    write_small_pack(settings.pack_dir("uji"), agriculture=AGRICULTURE.replace("padi", "gandum"))
    with pytest.raises(PackRefused, match="gandum"):
        load(settings)
    assert store.numbers() == (1,)
    assert sorted(path.name for path in store.folder.iterdir()) == before


def test_another_store_gives_the_same_bytes(tmp_path):
    names = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        write_small_pack(folder / "data" / "uji")
        store, _ = load(settings_for(folder))
        names.append(store.edition().files())
    assert names[0] == names[1]


def test_a_damaged_file_is_found(settings):
    store, _ = load(settings)
    edition = store.edition()
    edition.check()
    path = store.folder / edition.dataset_facts("agriculture")["file"]
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(BrokenEdition, match="differs"):
        edition.check()
    path.unlink()
    with pytest.raises(BrokenEdition, match="missing"):
        check_file(path)


def test_regions_never_share_a_ledger(tmp_path):
    write_small_pack(tmp_path / "data" / "uji")
    write_small_pack(tmp_path / "data" / "lain", is_training=True)
    settings = settings_for(tmp_path, "uji", "lain")
    first, _ = load(settings, "uji")
    second = open_store(settings, "lain")
    with pytest.raises(NoEdition):
        second.edition()
    load(settings, "lain")
    assert second.edition().stamp.is_training and not first.edition().stamp.is_training
    assert first.folder != second.folder


def test_missing_stays_missing_and_unverified_waits_to_be_asked_for(settings):
    store, _ = load(settings)
    edition = store.edition()
    frame = edition.observations("agriculture")
    assert "U" not in set(frame["obs_status"])
    assert frame.loc[frame["obs_status"] == "M", "obs_value"].isna().all()
    assert "U" in set(edition.observations("agriculture", with_unverified=True)["obs_status"])


def test_the_preferred_source_is_shown_and_the_other_one_stays(settings):
    store, _ = load(settings)
    edition = store.edition()
    frame = edition.observations("agriculture", indicator="production", ref_area="88.01")
    assert sorted(frame["obs_value"]) == [100.5, 150.0]
    assert list(edition.preferred(frame)["obs_value"]) == [100.5]


def test_an_unknown_column_is_an_error(settings):
    store, _ = load(settings)
    with pytest.raises(KeyError, match="colour"):
        store.edition().observations("agriculture", colour="red")


def test_units_convert_only_within_their_kind(settings):
    store, _ = load(settings)
    edition = store.edition()
    frame = edition.observations("agriculture", with_unverified=True, unit="kw")
    assert list(edition.vocabulary.in_unit(frame, "t")["obs_value"]) == [90.0]
    with pytest.raises(KeyError, match="different things"):
        edition.vocabulary.factor("kw", "ha")
