"""Sixty questions and the steps that answer them: written down before the search was tuned.

Every second question of a list was kept for a blind check.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A question, and the steps (lesson/step) of which any one answers it."""

    words: str
    answered_by: tuple[str, ...]


def asked(words: str, *answered_by: str) -> Asked:
    return Asked(words, answered_by)


IN_THE_COURSE_S_WORDS = (
    asked(
        "why does temperature matter?",
        "architecture/d-temperature",
        "architecture/drawing",
        "architecture/p-half",
    ),
    asked("what is a token?", "tamed-monster/tokens", "architecture/pieces"),
    asked("how does attention work?", "architecture/qkv"),
    asked("what is RAG?", "at-work/rag", "at-work/f-rag"),
    asked("what does the KV cache store?", "architecture/p-cache"),
    asked(
        "what is the difference between SFT and RLHF?",
        "tamed-monster/smiley",
        "the-cherry/limits",
        "tamed-monster/not-layers",
    ),
    asked("how does LoRA save memory?", "the-mask/lora", "the-mask/f-lora"),
    asked("what is reward hacking?", "the-cherry/hacking"),
    asked("how is DPO different from PPO?", "the-cherry/dpo"),
    asked("what is the reversal curse?", "emergence/reversal", "emergence/d-reversal"),
    asked("how many tokens per parameter should I train on?", "emergence/law"),
    asked("what is calibration?", "tamed-monster/calibration"),
    asked("how is ECE computed?", "tamed-monster/w-ece", "tamed-monster/calibration"),
    asked("what is a mixture of experts?", "architecture/moe", "architecture/p-moe"),
    asked("what does quantisation cost?", "architecture/p-bits"),
    asked("how do positional encodings work?", "architecture/positions"),
    asked("what is an induction head?", "emergence/induction"),
    asked(
        "what is prompt injection and what helps against it?",
        "at-work/injection",
        "at-work/controls",
    ),
    asked("what is emergent misalignment?", "the-mask/safety"),
    asked("how does chain of thought help?", "emergence/remedies"),
    asked("what is distillation?", "architecture/teacher"),
    asked("what is the alignment tax?", "the-cherry/tax"),
    asked("what is sycophancy?", "the-cherry/sycophancy"),
    asked("what is the Bradley-Terry model?", "the-cherry/rule"),
    asked("what does the KL penalty do?", "the-cherry/leash", "the-cherry/w-penalty"),
    asked("what is catastrophic forgetting?", "the-mask/forgetting"),
    asked("what is the loss mask?", "the-mask/scored", "the-mask/f-scored"),
    asked("what is perplexity?", "emergence/loss"),
    asked("what is in-context learning?", "emergence/in-context", "architecture/gpt"),
    asked(
        "what is the difference between open-weight and open source?",
        "beyond-the-mask/open",
        "beyond-the-mask/f-open",
    ),
    asked("what is test-time compute?", "beyond-the-mask/thought"),
    asked("what is a residual connection?", "architecture/block"),
    asked("how is compute estimated from parameters and tokens?", "emergence/law"),
    asked("what is constitutional AI?", "the-cherry/ai-feedback"),
    asked("precision, recall and F1", "at-work/classes"),
    asked("what is effective compute?", "beyond-the-mask/engines"),
    asked("what is a persona?", "the-mask/character"),
    asked("what is structured output?", "at-work/fields"),
    asked("what is a world model?", "beyond-the-mask/world"),
    asked("what does the EU AI Act require?", "beyond-the-mask/law-eu"),
)

AS_A_NEWCOMER_WOULD = (
    asked(
        "why does it make things up?", "emergence/once", "emergence/paid", "tamed-monster/p-recall"
    ),
    asked(
        "can the model remember what I told it yesterday?",
        "architecture/window",
        "architecture/p-middle",
    ),
    asked("does ChatGPT understand what I write?", "tamed-monster/definition"),
    asked("why can't it count the letters in strawberry?", "architecture/pieces"),
    asked(
        "how do transformers handle long texts?",
        "architecture/thrift",
        "architecture/window",
        "architecture/p-middle",
        "architecture/p-cache",
    ),
    asked(
        "is it just autocomplete?",
        "tamed-monster/tokens",
        "tamed-monster/two-slogans",
        "tamed-monster/p-happened",
    ),
    asked(
        "can I run such a model on my own computer?",
        "architecture/d-memory",
        "architecture/p-bits",
        "at-work/doors",
        "architecture/money",
    ),
    asked("how much electricity does one question use?", "beyond-the-mask/footprint"),
    asked("how many examples do I need to fine-tune a model?", "the-mask/sets"),
    asked(
        "should I fine-tune it on my company's documents or look them up?",
        "the-mask/f-choose",
        "the-mask/plan",
        "the-mask/facts",
    ),
    asked("does the model copy text from the internet word for word?", "emergence/memory"),
    asked(
        "why does the chatbot always agree with me?",
        "the-cherry/sycophancy",
        "the-cherry/d-sycophancy",
    ),
    asked(
        "can somebody trick my bot with an email?",
        "at-work/injection",
        "at-work/d-injection",
        "at-work/a-mail",
    ),
    asked("is the AI biased against women?", "emergence/bias", "beyond-the-mask/bias"),
    asked(
        "how long does it take until AI does a whole day of work alone?", "beyond-the-mask/horizon"
    ),
    asked("can it see pictures?", "beyond-the-mask/senses", "beyond-the-mask/f-senses"),
    asked("does it help pupils to learn?", "at-work/teaching"),
    asked(
        "how do I know which model is better for my job?",
        "at-work/own-test",
        "at-work/d-benchmark",
        "at-work/paired",
    ),
    asked("why did it answer like that, can I ask it?", "tamed-monster/ask-why"),
    asked("who decides what the AI thinks is good?", "the-cherry/whose"),
)
