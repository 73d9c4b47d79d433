"""What opens a store."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Access:
    """Where a store is, and who asks."""

    url: str
    """What stands before /statements."""
    user: str
    secret: str = field(repr=False)
