"""What is written on the picture to share, and how much room the words leave for a chart."""

from __future__ import annotations

from analytics.figures.figure import Figure
from analytics.figures.picture import CHART_PX, CONTENT_PX, PictureWords
from analytics.figures.sentences import status_summary
from analytics.i18n import Formatter, text

SOURCES_TOLD = 2
CAVEATS_TOLD = 2
LONGEST_CAVEAT = 110
# Letters that a line of each text holds, and its height on the picture.
LINE_OF_TITLE, LINE_OF_SENTENCE, LINE_OF_NOTES = (31, 65), (50, 46), (56, 42)
BANDS_PX = 190
WORDS_AND_CHART_PX = 1640  # of 1,920: the rest are margins, axes and legends
LOWEST_CHART_PX, HIGHEST_CHART_PX = 200, 320


def picture_words(figure: Figure, *, language: str) -> PictureWords:
    """The words of a figure's picture, generated from its result."""
    result = figure.result
    stamp = result.edition
    published = Formatter(language).date(stamp.published_on)
    parts = [
        stamp.region_name.in_language(language),
        result.period.words(language),
        status_summary(result.frame, language=language),
    ]
    return PictureWords(
        context=" · ".join(part for part in parts if part),
        title=figure.title(language),
        sentence=figure.sentence(language),
        edition=text("figures.picture.edition", language, number=stamp.number, date=published),
        sources=_sources(figure, language),
        caveats=_caveats(figure, language),
        training=text("figures.picture.training", language) if stamp.is_training else "",
        language=language,
    )


def _sources(figure: Figure, language: str) -> str:
    sources = figure.result.sources
    told = "; ".join(source.cited(language) for source in sources[:SOURCES_TOLD])
    further = len(sources) - SOURCES_TOLD
    if further > 0:
        return text("figures.picture.more_sources", language, sources=told, n=further)
    return text("figures.picture.source", language, sources=told) if told else ""


def _caveats(figure: Figure, language: str) -> str:
    caveats = [caveat.in_language(language) for caveat in figure.result.caveats]
    short = [caveat for caveat in caveats if len(caveat) <= LONGEST_CAVEAT][:CAVEATS_TOLD]
    if not caveats:
        return ""
    key = "caveats" if len(short) == len(caveats) else "more_caveats"
    return text(f"figures.picture.{key}", language, caveats=" ".join(short))


def chart_height(words: PictureWords) -> int:
    """Pixels of a chart before it is enlarged, such that the picture stays near 1,920 high."""
    parts = (
        (words.title, LINE_OF_TITLE),
        (words.sentence, LINE_OF_SENTENCE),
        (words.context, LINE_OF_NOTES),
        (words.caveats, LINE_OF_NOTES),
        (words.sources, LINE_OF_NOTES),
    )
    taken = sum(-(-len(part) // letters) * pixels for part, (letters, pixels) in parts)
    taken += BANDS_PX if words.training else 0
    left = (WORDS_AND_CHART_PX - taken) * CHART_PX / CONTENT_PX
    return round(max(LOWEST_CHART_PX, min(left, HIGHEST_CHART_PX)))
