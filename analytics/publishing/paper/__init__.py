"""The briefing on paper: PDF by Typst and a Word file, with the same words in the same order."""
