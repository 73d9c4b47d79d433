"""Training with PyTorch: the only home of torch, needed by nobody who only uses the models."""
