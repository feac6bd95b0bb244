"""`python -m peftshop_db` is the command line."""

from peftshop_db.cli import main

main(prog_name="peftshop-db")
