"""What can be wrong with documents or their store. Each message is one line in Chinese that a user may read."""


class KnowledgeError(Exception):
    """Anything that keeps documents from being read, stored or found."""


class DocumentError(KnowledgeError):
    """A file cannot be read as a document."""


class StoreError(KnowledgeError):
    """The store cannot be written or opened."""


class EmbeddingError(KnowledgeError):
    """A provider of embeddings gives no vectors."""
