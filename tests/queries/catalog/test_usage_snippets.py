"""Each snippet is Python that imports the config class from peft, calls it, and wraps a model."""

import ast
import builtins

import duckdb
import pytest

from tests.queries.conftest import Case


def test_snippet_uses_the_config_class(case: Case) -> None:
    rows = {row["method"]: row for row in case.rows("usage_snippets")}
    assert rows.keys() == case.methods.keys()
    for method, row in rows.items():
        config_class = case.methods[method]["config_class"]
        assert row["config_class"] == config_class
        tree = ast.parse(row["snippet"])
        assert {config_class, "get_peft_model"} == imported(tree, "peft"), method
        assert {config_class, "get_peft_model"} <= called(tree), method
        assert not unresolved(tree), method
        assert all(len(line) <= 160 for line in row["snippet"].splitlines()), method


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("LORA", {"target_modules"}),
        ("PROMPT_TUNING", {"task_type", "num_virtual_tokens"}),
        ("ADALORA", {"target_modules", "total_step"}),
        ("ADAPTION_PROMPT", {"task_type", "adapter_len", "adapter_layers"}),
        ("TRAINABLE_TOKENS", {"target_modules", "token_indices"}),
        ("XLORA", {"task_type", "hidden_size", "adapters"}),
        ("MULTITASK_PROMPT_TUNING", {"task_type", "num_virtual_tokens", "num_tasks"}),
        ("CPT", {"task_type", "cpt_token_ids"}),
    ],
)
def test_snippet_gives_what_the_config_needs(
    shipped_connection: duckdb.DuckDBPyConnection, method: str, arguments: set[str]
) -> None:
    [(config_class, snippet)] = shipped_connection.execute(
        "select config_class, snippet from usage_snippets where method = ?", [method]
    ).fetchall()
    calls = [
        node
        for node in ast.walk(ast.parse(snippet))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == config_class
    ]
    assert [{keyword.arg for keyword in call.keywords} for call in calls] == [arguments]


def test_remark_where_the_category_says_nothing(case: Case) -> None:
    special = {
        "ADALORA",
        "ADAPTION_PROMPT",
        "CARTRIDGE",
        "CPT",
        "LN_TUNING",
        "MULTITASK_PROMPT_TUNING",
        "POLY",
        "TRAINABLE_TOKENS",
        "XLORA",
    }
    found = {row["method"] for row in case.rows("usage_snippets") if row["remark"]}
    assert found == (special if case.name == "shipped" else {"UNSCORED"})


def imported(tree: ast.Module, module: str) -> set[str]:
    return {
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == module
        for name in node.names
    }


def called(tree: ast.Module) -> set[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


def unresolved(tree: ast.Module) -> set[str]:
    """The names that are read before a statement imports or assigns them."""
    known, missing = set(dir(builtins)), set()
    for statement in tree.body:
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        missing |= {name.id for name in names if isinstance(name.ctx, ast.Load)} - known
        known |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
        if isinstance(statement, ast.Import | ast.ImportFrom):
            known |= {name.asname or name.name for name in statement.names}
    return missing
