"""`make bench`: the scoring engine, then the answers; `python -m bench scoring` or `answers` for one of them."""

import sys

from bench import answers, engine

PARTS = {"scoring": engine.measure, "answers": answers.measure}

if __name__ == "__main__":
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
