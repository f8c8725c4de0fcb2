"""The language model that a deployment chose, and how it may fail."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from knowledge.address import shown

_OPENAI = "https://api.openai.com/v1"


class Engine(StrEnum):
    """Who answers; `auto` is the model where one is configured."""

    AUTO = "auto"
    OFFLINE = "offline"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Model:
    """A chat model on a server that speaks the OpenAI protocol.

    Attributes
    ----------
    name : str
    base_url : str or None
        None is OpenAI's own.
    api_key : str
    seconds : float
        A whole answer may take.
    silence : float
        Seconds that the server may say nothing.
    """

    name: str
    base_url: str | None
    api_key: str = field(repr=False)
    seconds: float = 90.0
    silence: float = 20.0

    @property
    def host(self) -> str:
        """Where what is asked and found goes."""
        parts = urlsplit(self.base_url or _OPENAI)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    @property
    def address(self) -> str:
        """The address of its server, as it may be told."""
        return shown(self.base_url or _OPENAI)


class Fault(StrEnum):
    """Why a model gave no answer."""

    UNREACHABLE = "unreachable"
    KEY = "key"
    NOT_FOUND = "not_found"
    BUSY = "busy"
    SERVER = "server"
    NO_TOOLS = "no_tools"
    SLOW = "slow"
    CUT = "cut"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    LOOP = "loop"
    ENDLESS = "endless"
    UNPROVEN = "unproven"


class ModelError(Exception):
    """A model gave no answer that may be shown."""

    def __init__(self, fault: Fault):
        self.fault = fault
        super().__init__(fault.value)
