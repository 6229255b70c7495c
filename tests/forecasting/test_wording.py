"""Every reason, treatment and model has its words in both languages, with all its values."""

import re

import pytest

from analytics.forecasting.bands import BandRule
from analytics.forecasting.models import ModelName
from analytics.forecasting.reasons import (
    REASON_VALUES,
    TREATMENT_VALUES,
    Reason,
    Status,
    Treatment,
    ValueKind,
)
from analytics.forecasting.steps import STEPS
from analytics.forecasting.wording import reason_sentence, span, treatment_sentence
from analytics.i18n import LANGUAGES, Formatter, catalogue

EXAMPLES = {
    ValueKind.COUNT: 3,
    ValueKind.STEPS: 24,
    ValueKind.SCORE: 0.8361,
    ValueKind.SHARE: 12.5,
    ValueKind.NUMBER: -15000.0,
    ValueKind.DATE: "2026-08-17",
    ValueKind.STEP_DATE: "2026-08-01",
    ValueKind.MODEL: "last_value",
    ValueKind.TEXT: "tidak ada",
}


def forms(key, language):
    words = catalogue(language)[key]
    return [words] if isinstance(words, str) else list(words.values())


def placeholders(sentence):
    return set(re.findall(r"{(\w+)}", sentence))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_says_all_its_values(language, reason):
    for sentence in forms(f"forecasting.reason.{reason.value}", language):
        assert placeholders(sentence) == set(REASON_VALUES[reason])
    values = {name: EXAMPLES[kind] for name, kind in REASON_VALUES[reason].items()}
    sentence = reason_sentence(reason, values, freq="MS", formatter=Formatter(language))
    assert "{" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("treatment", Treatment)
def test_every_treatment_says_all_its_values(language, treatment):
    for sentence in forms(f"forecasting.treatment.{treatment.value}", language):
        assert placeholders(sentence) == set(TREATMENT_VALUES[treatment])
    values = {name: EXAMPLES[kind] for name, kind in TREATMENT_VALUES[treatment].items()}
    sentence = treatment_sentence(treatment, values, freq="D", formatter=Formatter(language))
    assert "{" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_models_statuses_rules_and_steps_have_names(language):
    known = catalogue(language)
    for kind, names in (
        ("model", ModelName),
        ("status", Status),
        ("band", BandRule),
        ("span", STEPS),
    ):
        for name in names:
            assert f"forecasting.{kind}.{name}" in known


def test_both_languages_have_the_same_keys():
    keys = [
        {key for key in catalogue(language) if key.startswith("forecasting.")}
        for language in LANGUAGES
    ]
    assert keys[0] == keys[1]


def test_sentences_use_the_numbers_and_months_of_their_language():
    values = {"last": "2026-06-01", "age": 5}
    indonesian = reason_sentence(Reason.STOPPED, values, freq="MS", formatter=Formatter("id"))
    english = reason_sentence(Reason.STOPPED, values, freq="MS", formatter=Formatter("en"))
    assert indonesian.startswith("Seri berhenti: data terakhir Juni 2026, 5 bulan yang lalu.")
    assert english.startswith("Series stopped: the last data are of June 2026, 5 months ago.")
    beaten = {"mase": 1.2, "naive": "last_value", "naive_mase": 0.9, "origins": 91}
    sentence = reason_sentence(Reason.NOT_BETTER, beaten, freq="MS", formatter=Formatter("id"))
    assert "MASE 1,200 tidak lebih kecil daripada 0,900" in sentence


def test_one_and_many_differ_in_english():
    one, many = (
        treatment_sentence(
            Treatment.DATES_ALIGNED, {"rows": rows}, freq="MS", formatter=Formatter("en")
        )
        for rows in (1, 2)
    )
    assert one == "1 date was moved to the start of its step."
    assert many == "2 dates were moved to the start of their step."
    assert span(1, freq="MS", formatter=Formatter("en")) == "1 month"
