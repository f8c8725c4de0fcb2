"""How fast passages are found and stored, beside bare bm25s over jieba words and a bare Chroma in the same run."""

import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import chromadb
import jieba
from chromadb.config import Settings as ChromaSettings

from assistant.settings import load_settings
from bench.clock import milliseconds
from knowledge import Library, OfflineEmbedding
from knowledge.documents import read_document
from knowledge.passages import sentences

SIZES = (1_000, 10_000)
LARGEST = 100_000
QUERIES = 200
RUNS = 3
BATCH = 1_000


def corpus(size: int) -> list[str]:
    """Shuffle the sentences of the documents into as many different paragraphs."""
    chance = random.Random(20211231)
    folder = load_settings().documents_dir
    known = [s.strip() for path in sorted(folder.iterdir()) for s in sentences(read_document(path).text) if len(s) > 8]
    return [
        "".join(chance.choice(known)[: chance.randint(8, 60)] for _ in range(4)) + f"第{number}号。"
        for number in range(size)
    ]


def write_documents(folder: Path, texts: Sequence[str]) -> None:
    """Write paragraphs as text files of a thousand, a heading above each."""
    folder.mkdir()
    for start in range(0, len(texts), 1_000):
        lines = (f"一、第{start + i}段\n{text}" for i, text in enumerate(texts[start : start + 1_000]))
        (folder / f"{start:07}.txt").write_text("\n".join(lines), encoding="utf-8")


def median_of(queries: Sequence[str], work: Callable[[str], object]) -> float:
    """Time a search for each query."""
    work(queries[0])
    return statistics.median(milliseconds(lambda q=q: work(q)) for q in queries)


def bare(texts: Sequence[str], queries: Sequence[str], folder: Path) -> tuple[float, float]:
    """Time what no search could do without: cutting and weighing words, storing vectors, and one query to each.

    Returns
    -------
    tuple of float
        Seconds to build, milliseconds a query.
    """
    embedding = OfflineEmbedding()
    vectors = embedding.embed(texts)
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    started = time.perf_counter()
    cut = [jieba.lcut_for_search(text) for text in texts]
    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
    collection = client.create_collection("bare", embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
    for start in range(0, len(texts), BATCH):
        ids = [str(number) for number in range(start, min(start + BATCH, len(texts)))]
        collection.add(ids=ids, embeddings=vectors[start : start + BATCH])
    built = time.perf_counter() - started
    index = bm25s.BM25()
    index.index(cut, show_progress=False)
    keyword = median_of(
        queries,
        lambda q: index.retrieve([jieba.lcut_for_search(q)], k=10, show_progress=False),
    )
    asked = {query: embedding.embed([query]) for query in queries}
    dense = median_of(queries, lambda q: collection.query(query_embeddings=asked[q], n_results=10))
    return built, keyword + dense


def ours(texts: Sequence[str], queries: Sequence[str], folder: Path) -> tuple[float, float]:
    """Time the building of a library and a search in it."""
    write_documents(folder / "documents", texts)
    library = Library(folder / "documents", folder / "knowledge", OfflineEmbedding())
    built = milliseconds(lambda: library.build()) / 1000
    retriever = library.open()
    return built, median_of(queries, lambda q: retriever.search(q, 10))


def opening(folder: Path, query: str) -> float:
    """Time opening an existing store and the first search, in a process of its own; Chroma's import is part of it."""
    code = (
        "import sys, time; from pathlib import Path; s = time.perf_counter();"
        "from knowledge import Library, OfflineEmbedding;"
        "l = Library(Path(sys.argv[1]) / 'documents', Path(sys.argv[1]) / 'knowledge', OfflineEmbedding());"
        "l.open().search(sys.argv[2]); print(time.perf_counter() - s)"
    )
    runs = [
        float(subprocess.run([sys.executable, "-c", code, str(folder), query], check=True, capture_output=True).stdout)
        for _ in range(RUNS)
    ]
    return statistics.median(runs)


def measure() -> None:
    """Measure each size; `--large` on the command line adds the largest, which takes minutes."""
    sizes = (*SIZES, LARGEST) if "--large" in sys.argv else SIZES
    for size in sizes:
        texts = corpus(size)
        queries = [text[3:23] for text in random.Random(7).sample(texts, QUERIES)]
        with tempfile.TemporaryDirectory() as folder:
            bare_build, bare_query = bare(texts, queries, Path(folder) / "bare")
            build, query = ours(texts, queries, Path(folder))
            first = opening(Path(folder), queries[0])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:>7} passages   build {build:6.1f} s, {build / bare_build:.2f} of bare"
            f"   query {query:5.2f} ms, {query / bare_query:.2f} of bare"
            f"   open and first search {first:.2f} s   peak {memory:.0f} MiB"
        )
