"""What the learner did: the journal and what follows from it. The only home of sqlite3."""
