"""What a server of a language model, or its client, fails with, told as one of the ways a model may fail."""

import json

import openai

from assistant.llm.model import Fault, ModelError
from knowledge.server_client import was_cut


def fault_of(error: BaseException) -> Fault:
    """Tell which fault an error of the client is."""
    match error:
        case ModelError():
            return error.fault
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return Fault.KEY
        case openai.NotFoundError():
            return Fault.NOT_FOUND
        case openai.RateLimitError():
            return Fault.BUSY
        case openai.APITimeoutError():
            return Fault.SLOW
        case openai.APIStatusError():
            return Fault.SERVER
        case openai.APIConnectionError():
            return Fault.CUT if was_cut(error) else Fault.UNREACHABLE
        case openai.APIError() if not isinstance(error, openai.APIResponseValidationError):
            return Fault.SERVER  # told in the middle of a stream
        case json.JSONDecodeError() | UnicodeDecodeError():
            return Fault.UNREADABLE
        case _:
            return Fault.SLOW if "timeout" in type(error).__name__.lower() else Fault.UNREADABLE
