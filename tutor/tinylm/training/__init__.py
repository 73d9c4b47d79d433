"""Training with PyTorch: the only home of torch, needed by nobody who only uses the models.

    pip install "llm-tutor[train]"
    python -m tutor.tinylm.training.base --out RUN --minutes 60  # or --tokens N; --resume goes on
    python -m tutor.tinylm.training.stretch --base RUN --out ON  # more of what it does badly
    python -m tutor.tinylm.training.sft --base RUN --out RUN
    python -m tutor.tinylm.measuring.scores RUN/base.safetensors --how few-shot
    python -m tutor.tinylm.measuring.scores RUN/sft.safetensors

RUN then holds the tokenizer, the corpus as tokens, checkpoint.pt (for --resume), log.jsonl (losses,
probes and a sample as the model grows up), snapshots along the way and the finished weights.
"""
