"""The full-screen view into the model: look, change one thing, see what follows.

`sight` is where the learner looks and what they changed; `laboratory` computes what is there to be
seen; `panes` draw it as lines of pieces; `app` alone knows the screen, and is the only home of
textual.
"""
