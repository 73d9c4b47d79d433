"""One file a pane: what is seen, drawn as lines of pieces into so many columns and rows."""
