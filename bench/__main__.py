"""`make bench`: scoring, passages, answers, answers through a model; `python -m bench scoring` for one of them."""

import sys

from bench import answers, engine, model, passages

PARTS = {"scoring": engine.measure, "passages": passages.measure, "answers": answers.measure, "model": model.measure}

if __name__ == "__main__":
    for name in [name for name in sys.argv[1:] if name in PARTS] or PARTS:
        PARTS[name]()
