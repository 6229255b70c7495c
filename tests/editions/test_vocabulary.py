"""Codes that become words."""

from io import StringIO

import pandas as pd
import pytest

from analytics.editions.vocabulary import UnknownCode, Vocabulary
from analytics.observations.concepts import Label
from tests.small_pack import REFERENCES


def vocabulary(*names):
    return Vocabulary({name: pd.read_csv(StringIO(REFERENCES[name]), dtype=str) for name in names})


def test_licence_of_a_source_speaks_both_languages():
    source = vocabulary("sources", "licences").source("s_official")
    assert source.licence == Label("CC0 (bebas dipakai)", "CC0 (free to use)")


def test_licence_that_the_table_lacks_is_unknown():
    with pytest.raises(UnknownCode):
        vocabulary("licences").licence("rumour")


def test_edition_from_before_the_table_of_licences_shows_what_stood_there():
    assert vocabulary("sources").source("s_official").licence == Label("CC0", "CC0")
