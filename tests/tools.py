"""Tools from the package index, each in an environment of its own."""

import subprocess
import sys
from pathlib import Path


def install(folder: Path, *requirements: str) -> Path:
    """Makes an environment with packages; gives its folder of commands."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", *requirements], check=True)
    return folder / "bin"
