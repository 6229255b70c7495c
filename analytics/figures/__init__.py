"""From a Result to what a person sees: chart, map, table, sentence, picture."""
