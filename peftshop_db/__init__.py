"""The catalogue of parameter-efficient fine-tuning methods as a database."""

__version__ = "0.1.0"
