"""How every command line ends: what is wrong is told in one line of Chinese, with a status that tells whose it is."""

import os
import sys
from collections.abc import Callable

import typer

USAGE, FAILURE = 2, 1


def run(app: typer.Typer, statuses: dict[type[Exception], int]) -> None:
    """Run a command line and exit.

    Parameters
    ----------
    app : typer.Typer
    statuses : dict
        The errors that are told to the user, with the exit status of each; wrong usage always ends with 2, output
        that cannot be written with 1.
    """
    command: Callable[..., object] = typer.main.get_command(app)
    try:
        status = command(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(status if isinstance(status, int) else 0)
    except typer.TyperException as error:
        _tell(f"用法不对：{error}（--help 查看用法）", USAGE)
    except (typer.Abort, KeyboardInterrupt):
        _tell("已中断", FAILURE)
    except BrokenPipeError:
        # The reader has gone; what is left in the buffer must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILURE)
    except tuple(statuses) as error:
        _tell(f"错误：{error}", next(code for kind, code in statuses.items() if isinstance(error, kind)))
    except OSError as error:
        _tell(f"错误：无法写入 {error.filename or '输出'}（{error.strerror}）", FAILURE)


def _tell(message: str, status: int) -> None:
    typer.echo(" ".join(message.split()), err=True)
    sys.exit(status)
