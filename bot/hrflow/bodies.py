"""The body of a reply, unpacked where it is compressed: a little at a time, and never more than is read of any reply.

A kilobyte unpacks into a megabyte, and one that was packed twice into a thousand. So zlib is never asked for all that
there is, other people get their turn in between, and what was packed more than once is not unpacked at all.
"""

from __future__ import annotations

import asyncio
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from bot import errors

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator

LARGEST_REPLY = 8 * 1024 * 1024  # bytes, unpacked; a larger reply is refused
ACCEPTED = "gzip"
_TOO_LARGE = "the reply is larger than 8 MB"
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_EITHER_HEADER = 32 + zlib.MAX_WBITS  # gzip's or zlib's
_PIECE = 128 * 1024  # bytes that are unpacked in one go: a fraction of a millisecond
_LEFT = 64 * 1024  # bytes, and seconds, for which the rest of a reply of no use is read: then its connection is closed
_LEFT_SECONDS = 0.25


class BrokenError(Exception):
    """What says that it is compressed is not, or breaks off."""


async def read(chunks: AsyncIterable[bytes], encoding: str, announced: str) -> bytes:
    """The whole body, whose `Content-Encoding` and `Content-Length` are given ("" for none).

    What is packed in a way that was not asked for comes as it is. Raises HrflowTooLargeError, at once where that length
    tells, or BrokenError.
    """
    pieces: list[bytes] = []
    size = 0
    if announced.isascii() and announced.isdigit() and int(announced) > LARGEST_REPLY:
        raise errors.HrflowTooLargeError(_TOO_LARGE)
    # What is not compressed is taken as it comes.
    async for piece in _unpacked(chunks) if encoding.strip().lower() in _PACKED else chunks:
        size += len(piece)
        if size > LARGEST_REPLY:
            raise errors.HrflowTooLargeError(_TOO_LARGE)
        pieces.append(piece)
    return b"".join(pieces)


async def drop(chunks: AsyncIterable[bytes]) -> None:
    """Read the rest of a reply of no use where it is short, so that its connection can be used again."""
    size = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_LEFT_SECONDS):
            async for chunk in chunks:
                size += len(chunk)
                if size > _LEFT:
                    return


async def _unpacked(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    unpacker = zlib.decompressobj(_EITHER_HEADER)
    async for chunk in chunks:
        left, more = chunk, True
        while more:
            try:
                piece = unpacker.decompress(left, _PIECE)
            except zlib.error:
                raise BrokenError from None
            yield piece
            left = unpacker.unconsumed_tail
            more = bool(left) or len(piece) == _PIECE
            if more:
                await asyncio.sleep(0)
        if unpacker.eof:
            await drop(chunks)
            return
    raise BrokenError
