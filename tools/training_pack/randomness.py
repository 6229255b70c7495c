"""Random numbers that are the same on every run and for every series by its own name."""

import random

SEED = 9901


def stream(*parts: object) -> random.Random:
    """A random stream of its own for the named thing, e.g. stream("padi", "99.01.03").

    Streams are seeded by name, so a series added later leaves all the others as they were.
    """
    return random.Random("/".join([str(SEED), *map(str, parts)]))
