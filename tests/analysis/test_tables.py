"""Tables: read as a whole, or refused with the rows that are wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bartizan.analysis.frequency import Poisson
from bartizan.analysis.loss import Risk
from bartizan.analysis.network import Need, Node
from bartizan.analysis.severity import Lognormal
from bartizan.analysis.tables import TableError, read_network, read_risks


def file(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_risks_are_read(tmp_path: Path) -> None:
    text = '\ufeffP95, name ,frequency,p5\n5e3,theft,2,100\n\n9,"fire, yard",0.1,9\n'
    assert read_risks(file(tmp_path, text)) == [
        Risk("theft", Poisson(2), Lognormal(100, 5000)),
        Risk("fire, yard", Poisson(0.1), Lognormal(9, 9)),
    ]


def test_every_wrong_row_is_named(tmp_path: Path) -> None:
    rows = [
        "name,frequency,p5,p95",
        "a,1,2,3",
        "b,-1,2,3",
        "c,nan,2,3",
        "d,1,0,3",
        "e,1,4,3",
        "a,1,2,3",
        ",1,2,3",
        '"f',
        'g",1,2,inf',
        "h,1,2",
        "i,lots,2,3",
    ]
    with pytest.raises(TableError) as caught:
        read_risks(file(tmp_path, "\n".join(rows)))
    assert [str(problem) for problem in caught.value.problems] == [
        "row 3: frequency is not a number of at least 0: -1.0",
        "row 4: frequency is not a finite number: 'nan'",
        "row 5: P5 is not above 0: 0.0",
        "row 6: P5 is above P95: 4.0 > 3.0",
        "row 7: a is already in row 2",
        "row 8: the name is empty",
        "row 9: p95 is not a finite number: 'inf'",
        "row 11: 3 cells where the header has 4",
        "row 12: frequency is not a number: 'lots'",
    ]
    assert str(caught.value).startswith("table.csv: row 3: ")


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "row 1: there is no column name"),
        ("name,frequency,p5\n", "row 1: there is no column p95"),
        ("name,frequency,p5,p95,owner\n", "row 1: unknown column 'owner'"),
        ("name,frequency,p5,p95,p5\n", "row 1: the column p5 is there twice"),
        ("name,frequency,p5,p95\n", "row 1: there are no rows"),
        ('name,frequency,p5,p95\n"a', "row 2: no CSV: unexpected end of data"),
        ("name,frequency,p5,p95\n" + "a" * 10_001 + ",1,2,3\n", "row 2: a cell of more than"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_risks(file(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "risks.csv"
    path.write_bytes(b"PK\x03\x04\xff\xfe\x00")
    with pytest.raises(TableError, match=r"risks\.csv: row 1: the file is not UTF-8 text"):
        read_risks(path)


def test_a_network_is_read(tmp_path: Path) -> None:
    edges = file(
        tmp_path,
        "supplier,node,need,buffer\nport,mill,route,4\nrail,mill,route,4\nforest,mill,,10\n",
    )
    needs = (Need("mill", ("port", "rail"), 4), Need("mill", ("forest",), 10))
    network = read_network(edges)
    assert network.needs == needs
    assert [node.name for node in network.nodes] == ["mill", "port", "rail", "forest"]
    nodes = file(tmp_path, "name,recovery,cost\nmill,1,500\nport,,\nrail,,\nforest,,\n", "n.csv")
    network = read_network(edges, nodes)
    assert network.needs == needs
    assert network.nodes[:2] == (Node("mill", 1, 500), Node("port"))


def test_unknown_nodes_and_contradictions_in_a_network_are_named(tmp_path: Path) -> None:
    nodes = file(tmp_path, "name\na\nb\n", "nodes.csv")
    rows = [
        "supplier,node,need,buffer",
        "a,b,x,1",
        "c,b,x,1",
        "b,b,x,2",
        "a,,y,",
        "b,a,,-1",
        "a,b,x,1",
    ]
    with pytest.raises(TableError) as caught:
        read_network(file(tmp_path, "\n".join(rows)), nodes)
    assert [str(problem) for problem in caught.value.problems] == [
        "row 3: there is no node called c",
        "row 4: alternatives have different buffers: 1.0 and 2.0",
        "row 5: a supplier or node is empty",
        "row 6: buffer is below 0: -1",
        "row 7: a is given twice",
    ]


def rows_of(read: Callable[[Path], object], path: Path) -> list[int]:
    """The rows a reader complains of; none when it reads the file."""
    try:
        read(path)
    except TableError as error:
        return [problem.row for problem in error.problems]
    return []


cells = st.one_of(
    st.text(max_size=8), st.sampled_from(["1", "2.5", "-3", "nan", "1e999", '"', "a,b", "p5", ""])
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(cells, max_size=6), max_size=6), st.booleans())
def test_any_file_is_read_or_refused_with_a_row(
    tmp_path: Path, rows: list[list[str]], headed: bool
) -> None:
    text = "\n".join(",".join(row) for row in rows)
    for header, read in (
        ("name,frequency,p5,p95\n", read_risks),
        ("supplier,node\n", read_network),
    ):
        path = tmp_path / "any.csv"
        path.write_bytes((header * headed + text).encode("utf-8", "surrogatepass"))
        assert rows_of(read, path) == sorted(rows_of(read, path))


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_row(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(data)
    with pytest.raises(TableError):
        read_risks(path)
