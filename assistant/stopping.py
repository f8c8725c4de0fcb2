"""How the reader of an answer ends it from outside, also while its server says nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock


class StoppedError(BaseException):
    """The reader did not want the rest; it is nobody's fault, so that nothing is to stand in for the answer."""


class Stop:
    """A button that ends one answer; it may be pressed in any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_pressed = False
        self._hang_up: Callable[[], None] | None = None

    def press(self) -> None:
        """End the answer, and the connection that it waits for."""
        with self._lock:
            self._is_pressed = True
            if self._hang_up is not None:
                self._hang_up()

    def check(self) -> None:
        """Go no further once the button was pressed.

        Raises
        ------
        StoppedError
            It was.
        """
        if self._is_pressed:
            raise StoppedError

    @contextmanager
    def ending(self, hang_up: Callable[[], None]) -> Iterator[None]:
        """Hang up when the button is pressed in here."""
        with self._lock:
            self.check()
            self._hang_up = hang_up
        try:
            yield
        finally:
            with self._lock:
                self._hang_up = None
