"""`tutor review`."""

from typing import Annotated

import typer

from tutor.cli.options import Plain, enter


def review(
    ctx: typer.Context,
    *,
    practice: Annotated[
        bool, typer.Option("--practice", help="What you remember least, due or not.")
    ] = False,
    suspended: Annotated[
        bool, typer.Option("--suspended", help="List questions asked no more; bring one back.")
    ] = False,
    everywhere: Annotated[
        bool, typer.Option("--all", help="What is due in all your courses, one after the other.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Answer what is due again, while you still half know it.

    At most twenty a day unless you want more; what is overdue can wait.
    """
    from tutor.cli.sitting import Repeat, review_all, review_at

    if everywhere:
        review_all(enter(ctx, plain=plain))
        return
    how = Repeat.SUSPENDED if suspended else Repeat.PRACTICE if practice else Repeat.DUE
    review_at(enter(ctx, plain=plain), how)
