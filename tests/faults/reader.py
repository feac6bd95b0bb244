"""Reads a dataset again and again until stdin ends: the input's name and the methods of a
connection, and the methods of a query.

    python -m tests.faults.reader DIR
"""

import select
import sys

import peftshop_db


def main(folder: str) -> None:
    while not select.select([sys.stdin], [], [], 0)[0]:
        with peftshop_db.connect(folder) as connection:
            (source,) = connection.execute("select source_file from dataset").fetchone() or ("",)
            found = connection.execute("select method from methods order by method").fetchall()
        table = peftshop_db.query("methods", columns="method", order_by="method", db=folder)
        names = " ".join(name for (name,) in found)
        again = table["method"].to_pylist()
        if again != names.split():  # a build in between; the next pair must agree
            continue
        print(f"{source}: {names} / {' '.join(again)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
