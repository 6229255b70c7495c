"""The warnings page: cards, forms, history, ratio, rules, and the list on other pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from analytics.editions.store import open_store
from analytics.jobs.warnings import warn_region
from analytics.ledger.tables import warning_events, warning_runs, warnings
from analytics.ledger.warnings import Action, KeptWarning, WarningRun, kept_warnings
from analytics.people.audit import Act, Wanted, entries
from analytics.people.database import open_people
from analytics.prices.warning_rules import Kind
from tests.app.opening import OFFICER, open_in_process
from tests.store import Store

AS_OF = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def looked(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A copy of the store in which warnings were looked for on 24 November 2026, and only then."""
    home = tmp_path_factory.mktemp("warnings") / "home"
    shutil.copytree(store.home, home)
    copy = Store(home=home)
    for region in copy.settings.regions:
        opened = open_store(copy.settings, region)
        with opened.engine.begin() as connection:
            for table in (warning_events, warnings, warning_runs):
                connection.execute(table.delete())
        warn_region(opened, as_of=AS_OF, now=NOW)
    return copy


@pytest.fixture
def open_warnings(looked: Store, monkeypatch: pytest.MonkeyPatch) -> Open:
    for name, value in looked.environ.items():
        monkeypatch.setenv(name, value)

    def opened(name: str = "warnings", **address: str) -> Any:
        app = open_in_process(name, **address)
        assert not app.exception
        return app

    return opened


def words_of(app: Any) -> str:
    elements = [*app.title, *app.markdown, *app.caption, *app.info, *app.error, *app.get("html")]
    return " ".join(str(getattr(one, "value", one.proto)) for one in elements).replace("\\", "")


def kept(store: Store, region: str) -> tuple[KeptWarning, ...]:
    with open_store(store.settings, region).engine.connect() as connection:
        return kept_warnings(connection)


def test_training_region_shows_every_kind(looked: Store) -> None:
    assert {one.raised.kind for one in kept(looked, "contoh")} == {kind.value for kind in Kind}


def test_eggs_of_blitar_warn_their_office(open_warnings: Open) -> None:
    words = words_of(open_warnings(region="blitar"))
    assert "Telur ayam ras, UD. Telur Intan Kabupaten Blitar" in words
    assert "Dinas Peternakan dan Perikanan Kabupaten Blitar" in words
    assert "27 November 2026" in words


@pytest.mark.parametrize(("region", "language"), [("blitar", "id"), ("contoh", "en")])
@pytest.mark.parametrize("part", ["cards", "history", "ratio", "rules"])
def test_every_view_stands(open_warnings: Open, part: str, region: str, language: str) -> None:
    app = open_warnings(region=region, lang=language, part=part)
    assert app.query_params["part"] == part
    assert words_of(app)


def test_noise_is_shown_and_not_raised(open_warnings: Open, looked: Store) -> None:
    words = words_of(open_warnings(region="contoh"))
    assert "berbalik dalam tiga hari" in words
    assert "dilaporkan 1 kecamatan saja" in words


def test_filters_leave_what_was_asked_for(open_warnings: Open) -> None:
    app = open_warnings(region="contoh", alarm="jump_down")
    assert "penurunan mendadak" in words_of(app)
    assert "kenaikan mendadak" not in words_of(app)


def answer(app: Any, number: int, *, action: Action, note: str) -> Any:
    app.radio(key=f"action_{number}").set_value(action)
    app.text_area(key=f"note_{number}").set_value(note)
    app.button(key=f"send_{number}").click()
    return app.run()


def test_the_public_reads_and_cannot_answer(open_warnings: Open) -> None:
    app = open_warnings(region="contoh", lang="id")
    assert not app.radio
    assert "Petugas yang sudah masuk dapat menjawab peringatan" in words_of(app)


@pytest.mark.usefixtures("as_officer")
def test_a_warning_is_acknowledged_acted_on_and_closed(open_warnings: Open, looked: Store) -> None:
    number = next(
        one.warning_id for one in kept(looked, "contoh") if one.raised.kind == "jump_down"
    )
    app = open_warnings(region="contoh", lang="id", alarm="jump_down")
    answer(app, number, action=Action.ACKNOWLEDGED, note="")
    answer(app, number, action=Action.ACTED, note="Operasi *pasar*")
    assert "ditindaklanjuti" in words_of(app)
    assert "Operasi *pasar*" in words_of(app)
    answer(app, number, action=Action.CLOSED, note="Harga pulih")
    (one,) = [each for each in kept(looked, "contoh") if each.warning_id == number]
    assert [event.who for event in one.events] == [OFFICER.signature] * 3
    assert one.closed is not None and one.closed.price is not None
    log = entries(open_people(looked.settings), Wanted(who="siti", what=Act.ANSWERED_WARNING))
    assert log["object"].tolist() == [f"warning {number}"] * 3
    past = words_of(open_warnings(region="contoh", lang="id", part="history"))
    assert "Ditutup Siti <b> (siti)" in past
    assert "sampai ditutup belum ada harga yang lebih baru" in past


@pytest.mark.usefixtures("as_officer")
def test_what_cannot_be_kept_is_said(open_warnings: Open, looked: Store) -> None:
    number = next(one.warning_id for one in kept(looked, "contoh") if one.raised.kind == "jump_up")
    app = open_warnings(region="contoh", lang="id", alarm="jump_up")
    answer(app, number, action=Action.CLOSED, note="")
    assert [error.value for error in app.error] == ["Tulis tindakan atau hasilnya."]
    (one,) = [each for each in kept(looked, "contoh") if each.warning_id == number]
    assert one.events == ()


def test_course_of_the_price_comes_on_demand(open_warnings: Open, looked: Store) -> None:
    number = next(one.warning_id for one in kept(looked, "blitar"))
    app = open_warnings(region="blitar", lang="id")
    app.toggle(key=f"course_{number}").set_value(True).run()
    assert not app.exception
    assert app.get("vega_lite_chart") or "Tabel" in str(app.main)


def test_an_adjusted_rule_is_only_looked_at(open_warnings: Open) -> None:
    words = words_of(open_warnings(region="contoh", lang="id", part="ratio", fixed="12000"))
    assert "hanya untuk melihat, tidak menaikkan peringatan" in words


def test_break_even_of_blitar_names_its_origin(open_warnings: Open) -> None:
    words = words_of(open_warnings(region="blitar", lang="id", part="ratio"))
    assert "disebut peternak pada 2021" in words
    assert "bukan hitungan biaya" in words


def test_home_and_price_pages_list_the_open_ones(open_warnings: Open) -> None:
    for page in ("summary", "prices"):
        words = words_of(open_warnings(page, region="blitar", lang="en"))
        assert "Price far below its usual" in words
        assert "Looked on 24 November 2026" in words


def test_without_a_look_the_page_says_what_to_do(
    open_warnings: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.prices.warning_parts.kept", lambda: ((), None))
    words = words_of(open_warnings(region="blitar", lang="id"))
    assert "Belum pernah diperiksa" in words
    assert "python -m analytics warn" in words


def test_nothing_judged_is_not_called_quiet(
    open_warnings: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = WarningRun(1, AS_OF, NOW, judged=0, stopped=9)
    monkeypatch.setattr("pages.ui.warning_list.kept", lambda: ((), look))
    words = words_of(open_warnings("prices", region="blitar", lang="id"))
    assert "Tidak ada seri yang dapat dinilai" in words
    assert "Tidak ada peringatan terbuka" not in words


def test_a_wrong_link_shows_all(open_warnings: Open) -> None:
    app = open_warnings(region="contoh", urgency="<b>", alarm="gempa", office="x", part="?")
    assert app.query_params["urgency"] == app.query_params["alarm"] == "all"
