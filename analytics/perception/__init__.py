"""What words of visitors say: cleaning, seed lexicon, aspects, sentiment. Pure: no store, no theme."""
