"""What the scripts of the recipes import is there, also where torch is not installed to run them."""

import ast
import sys

import pytest

from referral_lint.paths import MODELS

SCRIPTS = sorted((MODELS / "scripts").glob("*.py"))
NAMED = {path.stem: path for path in SCRIPTS}
ELSEWHERE = {"spacy", "numpy", "torch", "transformers", "sklearn", "faker", "yaml", "scipy", "thinc", "referral_lint"}


def names_of(path):
    """What a script says at its top level: functions, classes, assignments and imports."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (alias.asname or alias.name for alias in names)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_what_a_script_imports_is_there(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            wanted = [(alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            wanted = [(node.module, alias.name) for alias in node.names]
        else:
            continue
        for module, name in wanted:
            top = module.split(".")[0]
            assert top in NAMED or top in ELSEWHERE or top in sys.stdlib_module_names, f"{path.name} imports {module}"
            if name and module in NAMED:
                assert name in set(names_of(NAMED[module])), f"{path.name} imports {name} from {module}"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_what_a_script_uses_of_another_is_there(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    others = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name in NAMED
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in others:
            module = others[node.value.id]
            assert node.attr in set(names_of(NAMED[module])), f"{path.name} uses {module}.{node.attr}"
