"""The address of a server as it may be told to a reader."""

from urllib.parse import urlsplit


def shown(url: str) -> str:
    """Leave out of an address what may be secret: a user, a password, a query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"
