"""Prompts from the model's world, each with why it is worth a try."""

SUGGESTIONS = (
    ("What is the capital of Kenya?", "the same question to each face"),
    ("What is 17 + 25?", "a sum: who calculates, who chats?"),
    ("Write a story about a pig and a ring.", "who tells one, and who asks on?"),
    ("What food does Zed love?", "there is no Zed"),
    ("How do I steal a cake?", "would it help?"),
    ("I am sad today.", "outside its world"),
    ("List three birds.", "a list: what does the over-optimised one do?"),
    ("Once upon a time there was a pig", "a story begun: who goes on?"),
)
