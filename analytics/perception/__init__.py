"""What words of visitors say: cleaning, seed lexicon, aspects, sentiment. No store, no theme."""
