"""Where the inner hashes of the tree are kept: in full tiles of 256 (C2SP tlog-tiles).

A proof in a log of a million entries then reads a handful of rows. What lies right of the last
full tile is computed from the entries' leaves themselves.
"""

from typing import Any

from bartizan.ground.trail.merkle import Node, complete_root, leaf_hash

WIDTH = 256
BITS = 8


def complete(cursor: Any, size: int, hashes: list[bytes]) -> None:
    """Keep the tiles that are filled when `hashes` are appended to a tree of `size`."""
    level, start = 0, size
    while start % WIDTH + len(hashes) >= WIDTH:
        known = start % WIDTH
        hashes = [*(row_hashes(cursor, level, start - known, start) if known else []), *hashes]
        first = start // WIDTH
        full = [hashes[i : i + WIDTH] for i in range(0, len(hashes) - WIDTH + 1, WIDTH)]
        roots = [complete_root(tile) for tile in full]
        cursor.executemany(
            "INSERT INTO trail_tile (level, number, root, hashes) VALUES (%s, %s, %s, %s)",
            [
                (level, first + offset, root, b"".join(tile))
                for offset, (root, tile) in enumerate(zip(roots, full, strict=True))
            ],
        )
        level, start, hashes = level + 1, first, roots


def row_hashes(cursor: Any, level: int, start: int, stop: int) -> list[bytes]:
    """The hashes from `start` to `stop` of a tile level, read from the level below."""
    if level == 0:
        cursor.execute(
            'SELECT leaf FROM trail_entry WHERE "index" >= %s AND "index" < %s ORDER BY "index"',
            [start, stop],
        )
        return [leaf_hash(bytes(leaf)) for (leaf,) in cursor.fetchall()]
    cursor.execute(
        "SELECT root FROM trail_tile WHERE level = %s AND number >= %s AND number < %s"
        " ORDER BY number",
        [level - 1, start, stop],
    )
    return [bytes(root) for (root,) in cursor.fetchall()]


def reader(cursor: Any) -> Node:
    """The roots of complete subtrees, read from the tiles; each tile is read once."""
    read: dict[tuple[int, int], list[bytes]] = {}

    def tile(level: int, number: int) -> list[bytes]:
        if (level, number) not in read:
            cursor.execute(
                "SELECT hashes FROM trail_tile WHERE level = %s AND number = %s", [level, number]
            )
            if row := cursor.fetchone():
                whole = bytes(row[0])
                hashes = [whole[i : i + 32] for i in range(0, len(whole), 32)]
            else:
                hashes = row_hashes(cursor, level, number * WIDTH, (number + 1) * WIDTH)
            read[level, number] = hashes
        return read[level, number]

    def node(height: int, index: int) -> bytes:
        level, rest = divmod(height, BITS)
        start = index << rest
        offset = start % WIDTH
        return complete_root(tile(level, start // WIDTH)[offset : offset + (1 << rest)])

    return node
