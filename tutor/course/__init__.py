"""What is taught: the frozen model, and its reading and finding on disk. The only home of yaml."""
