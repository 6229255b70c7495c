"""The hearing: preparing a briefing, freezing it, opening what was frozen."""
