"""The catalogue of parameter-efficient fine-tuning methods as a database.

>>> import peftshop_db
>>> peftshop_db.query("pareto_memory", benchmark="metamathqa", columns=["method"]).num_rows
7
"""

from peftshop_db.api import build, connect, describe, query, verify, views

__version__ = "0.1.0"

__all__ = ["build", "connect", "describe", "query", "verify", "views"]
