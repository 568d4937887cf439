"""Errors as people see them: one line on stderr, an exit code, and a traceback only for --debug."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import NoReturn

import click

from graphalign.errors import GraphalignError

CANNOT_RUN = 2
INTERRUPTED = 130  # 128 + SIGINT, as shells have it
PIPE_CLOSED = 141  # 128 + SIGPIPE


@contextlib.contextmanager
def guarded(*, debug: bool) -> Iterator[None]:
    """Turn whatever goes wrong in the block into one line on stderr and an exit code.

    Parameters
    ----------
    debug
        Let it pass as it is, for the traceback.
    """
    try:
        yield
        sys.stdout.flush()
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except BrokenPipeError:
        # The reader, say `head`, has all it wants: no message, and nothing more to flush when Python ends.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(PIPE_CLOSED) from None
    except KeyboardInterrupt:
        _end("stopped", INTERRUPTED)
    except GraphalignError as error:
        if debug:
            raise
        _end(str(error), CANNOT_RUN)
    except OSError as error:
        if debug:
            raise
        where = f"{error.filename}: " if error.filename else ""
        _end(f"{where}{(error.strerror or str(error) or type(error).__name__).lower()}", CANNOT_RUN)
    except MemoryError:
        if debug:
            raise
        _end("the memory does not suffice; give it a smaller input", CANNOT_RUN)
    except Exception as error:
        if debug:
            raise
        _end(
            f"this is a fault of graphalign ({type(error).__name__}); "
            "run it again as `graphalign --debug ...` and report what it prints",
            CANNOT_RUN,
        )


def say(message: str) -> None:
    """Print an error on one line of stderr, whatever the message holds.

    A message may quote the input: line breaks become blanks, control characters their escapes.
    """
    words = " ".join(message.split())
    shown = "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in words
    )
    click.echo(f"graphalign: {shown}", err=True)


def _end(message: str, code: int) -> NoReturn:
    say(message)
    raise click.exceptions.Exit(code) from None
