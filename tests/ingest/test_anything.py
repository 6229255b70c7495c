# ruff: noqa: E501  the list of words is easier to read unbroken
"""Whatever comes, the answer is a report or a refusal with a sentence, never a traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.i18n import LANGUAGES
from analytics.ingest.checking import CheckReport
from analytics.ingest.datasets import dataset_forms
from analytics.ingest.findings import FileRefused
from tests.ingest.layout_files import EXAMPLES, Example
from tests.ingest.writers import as_csv, as_xlsx

pytestmark = pytest.mark.thorough

MANY = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# Words that layouts look for, so that random tables come close to real ones.
WORDS = (
    "Kecamatan", "Bakung", "Doko", "Kabupaten Blitar", "Kota", "Jumlah", "Catatan", "Produksi (ton)",
    "Luas Panen (ha)", "Padi", "Jagung", "2023", "2023*", "Januari", "Februari", "Tahun", "Bulan",
    "Komoditas (Rp)", "No", "I", "03/ 01/ 2022", "Destinasi", "Wisnus", "Candi Penataran", "unique_id",
    "ds", "y", "date", "admin1", "market", "price", "1960M01", "($/mt)", "Nilai", "Satuan", "Harga",
    "Tanggal", "Desa", "Puso (ha)", "Tanam (ha)", "(1)", "(2)", "-", "…", "1.234", "1,234.5", "0", "-7",
    "=A1", "<b>", "🌾", "", " ", "12", "3505010", "35.05.01", "Minggu", "Candi: (Indonesia)",
)  # fmt: skip
datasets = st.sampled_from(sorted(dataset_forms()))
cells = st.lists(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=6), min_size=1, max_size=6), max_size=8
)


def answer(check: Callable[..., CheckReport], content: bytes, dataset: str, **said: object) -> None:
    """The file's answer in words; any other exception fails the test."""
    try:
        report = check(content, dataset, **said)
    except FileRefused as refused:
        assert all(refused.words(language) for language in LANGUAGES)
        return
    assert all(finding.words(lang) for finding in report.listed() for lang in LANGUAGES)
    accepted = report.accepted
    assert not (accepted[["ref_area", "item", "indicator", "unit", "freq"]] == "").any(axis=None)
    assert (
        (accepted["obs_value"].isna() & (accepted["obs_text"] == ""))
        .eq(accepted["obs_status"] == "M")
        .all()
    )


@MANY
@given(content=st.binary(max_size=400), dataset=datasets)
def test_any_bytes(check: Callable[..., CheckReport], content: bytes, dataset: str) -> None:
    answer(check, content, dataset)


@MANY
@given(table=cells, dataset=datasets)
def test_any_table_as_text(
    check: Callable[..., CheckReport], table: list[list[str]], dataset: str
) -> None:
    answer(check, as_csv(table, encoding="utf-16"), dataset)


@settings(MANY, max_examples=15)
@given(table=cells, dataset=datasets)
def test_any_table_as_workbook(
    check: Callable[..., CheckReport], table: list[list[str]], dataset: str
) -> None:
    clean = [["".join(s for s in cell if s.isprintable()) for cell in row] for row in table]
    answer(check, as_xlsx(("1", clean)), dataset)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
@settings(MANY, max_examples=4)
@given(data=st.data())
def test_any_damage_to_a_real_file(
    check: Callable[..., CheckReport], example: Example, data: st.DataObject
) -> None:
    content = bytearray(example.content)
    start = data.draw(st.integers(0, len(content) - 1))
    length = data.draw(st.integers(0, 40))
    content[start : start + length] = data.draw(st.binary(max_size=20))
    answer(check, bytes(content), example.dataset, **example.said)


@pytest.mark.parametrize("dataset", sorted(dataset_forms()))
def test_any_file_for_any_dataset(check: Callable[..., CheckReport], dataset: str) -> None:
    for example in EXAMPLES[::3]:
        answer(check, example.content, dataset)
