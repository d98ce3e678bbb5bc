"""The house keeps its shape: arrows between rooms point one way, modules stay small."""

import ast
import graphlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = ROOT / "archive"

#: What each room may import, as in docs/architecture.md.
MAY_IMPORT = {
    "text": set(),
    "journal": set(),
    "places": {"text"},
    "catalog": {"text", "places"},
    "ingest": {"text", "journal", "places", "catalog"},
    "search": {"text", "journal", "places", "catalog"},
    "preservation": {"text", "journal", "places", "catalog", "ingest", "search"},
    "operations": {"text", "journal", "places", "catalog", "ingest", "search", "preservation"},
    "browse": {"text", "journal", "places", "catalog", "ingest", "search", "preservation"},
}
MODULES = [path for path in sorted(ARCHIVE.rglob("*.py")) if "migrations" not in path.parts]
IN_ROOMS = [path for path in MODULES if path.relative_to(ARCHIVE).parts[0] in MAY_IMPORT]


def imported(path: Path, root: Path = ROOT, types: bool = True) -> set[str]:
    """Every module that a file imports, anywhere in it, as a dotted name; with `types` also for types alone."""
    package = path.relative_to(root).parent.parts
    names = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types and not types:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            names.update(f"{module}.{alias.name}" for alias in node.names)
    return names


def arrows(modules: list[Path], root: Path = ROOT) -> dict[str, set[str]]:
    """Each module, as a dotted name, with the modules of the list that it imports."""
    dotted = {
        path: ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__") for path in modules
    }
    known = set(dotted.values())
    found = {}
    for path, own in dotted.items():
        names = imported(path, root, types=False)
        met = {name if name in known else name.rpartition(".")[0] for name in names}
        found[own] = (met & known) - {own}
    return found


def circle_of(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a ring, the first also last; none when there is no ring."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def room_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "archive" and parts[1] in MAY_IMPORT else None


@pytest.mark.parametrize("path", IN_ROOMS, ids=lambda path: str(path.relative_to(ARCHIVE)))
def test_a_room_imports_only_the_rooms_before_it(path):
    room = path.relative_to(ARCHIVE).parts[0]
    wrong = {
        name for name in imported(path) if (other := room_of(name)) and other != room and other not in MAY_IMPORT[room]
    }
    assert not wrong, f"{room} may import {sorted(MAY_IMPORT[room])}, not {sorted(wrong)}"


def test_no_modules_import_each_other_in_a_circle():
    graph = arrows(MODULES)
    assert "archive.catalog.models" in graph["archive.catalog.fields.base"]
    assert circle_of(graph) == []


def test_the_check_on_circles_sees_them_inside_functions_and_leaves_types_out(tmp_path):
    room = tmp_path / "archive" / "text"
    room.mkdir(parents=True)
    (room / "one.py").write_text("from .two import thing\n")
    (room / "two.py").write_text("def late():\n    from . import one\n")
    paths = [room / "one.py", room / "two.py"]
    assert set(circle_of(arrows(paths, tmp_path))) == {"archive.text.one", "archive.text.two"}
    (room / "two.py").write_text("if TYPE_CHECKING:\n    from . import one\n")
    assert circle_of(arrows(paths, tmp_path)) == []


@pytest.mark.parametrize(
    "path", [path for path in IN_ROOMS if "text" in path.relative_to(ARCHIVE).parts[:1]], ids=lambda path: path.name
)
def test_the_text_room_knows_no_django(path):
    assert not {name for name in imported(path) if name.split(".")[0] in {"django", "haystack"}}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ARCHIVE)))
def test_no_module_is_longer_than_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ARCHIVE)))
def test_no_module_is_a_drawer_for_odds_and_ends(path):
    assert path.stem not in {"utils", "helpers", "misc", "common"}


def test_the_check_on_imports_sees_absolute_and_relative_imports(tmp_path):
    guilty = tmp_path / "archive" / "text" / "sinner.py"
    guilty.parent.mkdir(parents=True)
    guilty.write_text("from archive.catalog import models\nfrom ..browse import views\nimport archive.ingest.records\n")
    assert {room_of(name) for name in imported(guilty, tmp_path)} == {"catalog", "browse", "ingest"}
