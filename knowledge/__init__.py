"""Documents made searchable: sections, passages, an offline embedding, a keyword index, an embedded store.

Knows nothing of scoring, pages or models::

    library = Library(Path("data/documents"), Path("var/data/knowledge"), OfflineEmbedding())
    library.open().search("夜间施工噪声怎么管")
"""

from knowledge.embedding_server import ServerEmbedding
from knowledge.embeddings import Embedding, OfflineEmbedding
from knowledge.errors import DocumentError, EmbeddingError, KnowledgeError, StoreError
from knowledge.library import Library
from knowledge.manifest import DocumentRecord, Manifest
from knowledge.passages import Passage

__all__ = [
    "DocumentError",
    "DocumentRecord",
    "Embedding",
    "EmbeddingError",
    "KnowledgeError",
    "Library",
    "Manifest",
    "OfflineEmbedding",
    "Passage",
    "ServerEmbedding",
    "StoreError",
]
