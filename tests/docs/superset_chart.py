"""What Superset does with a database, by its own interface and without a browser: run by Superset's
Python, prints what it lists, and the rows behind a chart of a dataset, as JSON."""

import json
import sys
from typing import Any

from superset.app import create_app  # in an environment of its own

URI, ENGINE_PARAMETERS, USER = sys.argv[1:]
CHART = {
    "columns": ["method"],
    "metrics": [
        {
            "expressionType": "SIMPLE",
            "column": {"column_name": name},
            "aggregate": "MAX",
            "label": name,
        }
        for name in ("value", "score")
    ],
    "filters": [
        {"col": "cost", "op": "==", "val": "peak_memory_bytes"},
        {"col": "benchmark", "op": "==", "val": "metamathqa"},
        {"col": "is_on_front", "op": "IS TRUE"},
    ],
    "orderby": [["value", True]],
}

client = create_app().test_client()
headers: dict[str, str] = {}


def call(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = client.open(f"/api/v1/{path}", method=method, json=body, headers=headers)
    assert answer.status_code < 300, (path, answer.get_data(as_text=True))
    found: dict[str, Any] = answer.get_json()
    return found


login = {"username": USER, "password": USER, "provider": "db"}
headers["Authorization"] = f"Bearer {call('POST', 'security/login', login)['access_token']}"
headers["X-CSRFToken"] = call("GET", "security/csrf_token/")["result"]
extra = json.dumps({"engine_params": json.loads(ENGINE_PARAMETERS)})
names = {"database_name": "peftshop", "sqlalchemy_uri": URI, "extra": extra}
database = call("POST", "database/", names)["id"]
listed = call("GET", f"database/{database}/tables/?q=(schema_name:main)")["result"]
names = {"database": database, "schema": "main", "table_name": "dominance"}
dataset = call("POST", "dataset/", names)["id"]
columns = call("GET", f"dataset/{dataset}")["result"]["columns"]
source = {"id": dataset, "type": "table"}
chart = {"datasource": source, "queries": [CHART], "result_format": "json", "result_type": "full"}
(result,) = call("POST", "chart/data", chart)["result"]
shown = {
    "listed": {item["value"]: item["type"] for item in listed},
    "columns": {column["column_name"]: column["type"] for column in columns},
    "rows": result["data"],
}
print("\n" + json.dumps(shown))
