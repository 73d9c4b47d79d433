"""Commands: each parses, wires and calls. The only home of typer."""
