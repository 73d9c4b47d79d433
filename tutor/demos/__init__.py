"""Demonstrations that a lesson step or `tutor demo` can name: one file each, ending in one value.

The demo `next-token` is the module `next_token`, and its last words are `DEMO = Live(...)` or
`DEMO = Computed(...)`: see `tutor.stage.contract`. `tutor.catalogue` finds them by their names.
"""
