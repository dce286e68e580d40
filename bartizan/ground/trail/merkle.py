"""The Merkle tree of RFC 6962, section 2.1, in plain Python: append, root, proofs, verification.

A tree that only grows is kept as its compact range: the roots of the largest complete subtrees,
from left to right, at most one per bit of the size. Appending and the root need nothing else.
Proofs need more of the tree: they ask `Node`, a function that gives the root of any complete
subtree by level and index, wherever it is kept.

All hashes are SHA-256; a leaf is hashed behind 0x00, a node behind 0x01.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

HASH = 32
EMPTY = sha256().digest()

Node = Callable[[int, int], bytes]


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def append(peaks: list[bytes], size: int, hashes: Iterable[bytes]) -> int:
    """Append leaf hashes to a compact range of `size` leaves, in place; the new size."""
    for node in hashes:
        height = size
        while height & 1:
            node = sha256(b"\1" + peaks.pop() + node).digest()
            height >>= 1
        peaks.append(node)
        size += 1
    return size


def nodes(kept: bytes) -> list[bytes]:
    """A compact range that was kept as one string of bytes."""
    return [kept[i : i + HASH] for i in range(0, len(kept), HASH)]


def frontier(node: Node, size: int) -> list[bytes]:
    """The compact range of a tree of that size, read from a larger one."""
    peaks, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            peaks.append(node(level, start >> level))
            start += 1 << level
    return peaks


def root(peaks: Sequence[bytes]) -> bytes:
    """The root of the tree whose compact range this is."""
    if not peaks:
        return EMPTY
    node = peaks[-1]
    for left in reversed(peaks[:-1]):
        node = node_hash(left, node)
    return node


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes: what one level of a tile stands for."""
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [
            sha256(b"\1" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)
        ]
    return hashes[0]


def split(size: int) -> int:
    """The largest power of two smaller than `size`: where RFC 6962 divides a tree."""
    return 1 << ((size - 1).bit_length() - 1)


def range_root(node: Node, start: int, stop: int) -> bytes:
    """The root over the leaves from `start` to `stop`, where `start` begins a subtree."""
    size = stop - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + split(size)
    return node_hash(range_root(node, start, middle), range_root(node, middle, stop))


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """The audit path of a leaf, from its sibling up (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"Entry {index} is not in a tree of {size}.")
    path = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + split(stop - start)
        if index < middle:
            path.append(range_root(node, middle, stop))
            stop = middle
        else:
            path.append(range_root(node, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(node: Node, old: int, new: int) -> list[bytes]:
    """That the tree of `old` leaves is the beginning of the tree of `new` (RFC 6962, 2.1.2)."""
    if not 0 <= old <= new:
        raise ValueError(f"A tree of {new} cannot continue one of {old}.")
    if old in (0, new):
        return []
    path = []
    start, stop, whole = 0, new, True
    while stop != old:
        middle = start + split(stop - start)
        if old <= middle:
            path.append(range_root(node, middle, stop))
            stop = middle
        else:
            path.append(range_root(node, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(range_root(node, start, stop))
    return path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes
) -> bool:
    """Whether the leaf hash stands at `index` of the tree with that root (RFC 9162, 2.1.3)."""
    if not 0 <= index < size:
        return False
    number, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if number & 1 or number == last:
            node = node_hash(sibling, node)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            node = node_hash(node, sibling)
        number >>= 1
        last >>= 1
    return last == 0 and node == expected


def verify_consistency(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the tree of `new` begins with the tree of `old` (RFC 9162, section 2.1.4)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY
    path = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not path:
        return False
    number, last = old - 1, new - 1
    while number & 1:
        number >>= 1
        last >>= 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            second = node_hash(second, sibling)
        number >>= 1
        last >>= 1
    return last == 0 and first == old_root and second == new_root
