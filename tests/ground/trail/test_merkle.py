"""The tree against the vectors of Certificate Transparency, and against a naive one."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.ground.trail import merkle

# The leaves and roots by which implementations of RFC 6962 are compared.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(hashes: list[bytes]) -> bytes:
    """The definition in RFC 6962, section 2.1, word for word."""
    if not hashes:
        return sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return sha256(b"\1" + naive_root(hashes[:k]) + naive_root(hashes[k:])).digest()


def naive_path(index: int, hashes: list[bytes]) -> list[bytes]:
    if len(hashes) == 1:
        return []
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if index < k:
        return [*naive_path(index, hashes[:k]), naive_root(hashes[k:])]
    return [*naive_path(index - k, hashes[k:]), naive_root(hashes[:k])]


def naive_subproof(old: int, hashes: list[bytes], whole: bool) -> list[bytes]:
    if old == len(hashes):
        return [] if whole else [naive_root(hashes)]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    if old <= k:
        return [*naive_subproof(old, hashes[:k], whole), naive_root(hashes[k:])]
    return [*naive_subproof(old - k, hashes[k:], False), naive_root(hashes[:k])]


def tree(size: int) -> list[bytes]:
    return [merkle.leaf_hash(b"%d" % index) for index in range(size)]


def reader(hashes: list[bytes]) -> merkle.Node:
    def node(level: int, index: int) -> bytes:
        return naive_root(hashes[index << level : (index + 1) << level])

    return node


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size):
    peaks: list[bytes] = []
    assert merkle.append(peaks, 0, map(merkle.leaf_hash, LEAVES[:size])) == size
    assert merkle.root(peaks).hex() == ROOTS[size]


@settings(deadline=None)  # a busy machine proves nothing
@given(st.integers(0, 600), st.integers(0, 600))
def test_a_root_grown_in_two_steps_is_the_root_by_definition(first, second):
    hashes = tree(first + second)
    peaks: list[bytes] = []
    merkle.append(peaks, merkle.append(peaks, 0, hashes[:first]), hashes[first:])
    assert merkle.root(peaks) == naive_root(hashes)
    assert peaks == merkle.frontier(reader(hashes), len(hashes))
    assert merkle.nodes(b"".join(peaks)) == peaks


@settings(deadline=None)  # a busy machine proves nothing
@given(st.data())
def test_every_entry_is_proven_and_nothing_else_is(data):
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    hashes = tree(size)
    root = naive_root(hashes)
    path = merkle.inclusion_proof(reader(hashes), index, size)
    assert path == naive_path(index, hashes)
    assert merkle.verify_inclusion(hashes[index], index, size, path, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, path, root)
    assert not merkle.verify_inclusion(hashes[index], index, size, [*path, root], root)
    assert not merkle.verify_inclusion(hashes[index], size, size, path, root)
    if path:
        other = data.draw(st.integers(0, size - 1).filter(lambda i: i != index))
        assert not merkle.verify_inclusion(hashes[index], other, size, path, root)
        assert not merkle.verify_inclusion(hashes[index], index, size, path[:-1], root)


@settings(deadline=None)  # a busy machine proves nothing
@given(st.data())
def test_a_tree_that_grew_is_proven_and_one_that_was_changed_is_not(data):
    new = data.draw(st.integers(1, 300))
    old = data.draw(st.integers(0, new))
    hashes = tree(new)
    before, after = naive_root(hashes[:old]), naive_root(hashes)
    path = merkle.consistency_proof(reader(hashes), old, new)
    if 0 < old < new:
        assert path == naive_subproof(old, hashes, True)
    assert merkle.verify_consistency(old, new, path, before, after)
    if old:
        changed = [merkle.leaf_hash(b"other"), *hashes[1:]]
        assert not merkle.verify_consistency(old, new, path, naive_root(changed[:old]), after)
        assert not merkle.verify_consistency(old, new, path, before, naive_root(changed))
    assert not merkle.verify_consistency(old, new, [*path, after], before, after)


def test_what_is_not_in_the_tree_is_not_proven():
    with pytest.raises(ValueError, match="Entry 3 is not in a tree of 3"):
        merkle.inclusion_proof(reader(tree(3)), 3, 3)
    with pytest.raises(ValueError, match="A tree of 2 cannot continue one of 3"):
        merkle.consistency_proof(reader(tree(3)), 3, 2)
