"""Progress beyond one machine: xAPI statements, an outbox of them, learning record stores."""
