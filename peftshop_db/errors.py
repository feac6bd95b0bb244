"""What can go wrong, each with the exit status that the command line gives it."""


class PeftshopError(Exception):
    """An expected failure; its text is one line that says what was wrong, where, and what to do."""

    exit_status = 1


class UsageError(PeftshopError):
    """A name, option or value that doesn't exist or doesn't fit."""

    exit_status = 2


class SourceError(PeftshopError):
    """The input breaks its contract.

    Attributes:
        problems: the first problems, one line each: file, place, what was expected and found.
        count: how many problems there are altogether.
    """

    exit_status = 3

    def __init__(self, problems: list[str], count: int | None = None) -> None:
        self.problems = problems
        self.count = len(problems) if count is None else count
        lines = list(problems)
        if self.count > len(problems):
            lines.append(f"… and {self.count - len(problems)} more")
        super().__init__("\n".join(lines))


class StorageError(PeftshopError):
    """Disk, permission, lock, or a dataset that can't be opened."""

    exit_status = 4


class QueryError(PeftshopError):
    """SQL that failed or was refused, or a file of SQL that breaks its rules."""

    exit_status = 5


class TimeLimitError(PeftshopError):
    """SQL that took longer than it may."""

    exit_status = 124
