"""Word lists: the small change that every generator spends."""

GIRLS = (
    "Lily", "Anna", "Mia", "Zoe", "Ella", "Ruby", "Ivy", "Rosa", "Clara", "Nina", "Maya", "Jade",
    "Sara", "Hana", "Yuki", "Dina", "Amina", "Freya", "Priya", "Olga",
)  # fmt: skip
BOYS = (
    "Tom", "Ben", "Sam", "Max", "Leo", "Jack", "Finn", "Noah", "Theo", "Otto", "Adam", "Luca",
    "Omar", "Ravi", "Emil", "Karim", "Diego", "Hiro", "Owen", "Paul",
)  # fmt: skip
CHILDREN = GIRLS + BOYS
ANIMAL_NAMES = (
    "Pip", "Bo", "Tuff", "Momo", "Fizz", "Dot", "Nib", "Zuzu", "Koko", "Tilly", "Gus", "Pepper",
    "Biscuit", "Mossy",
)  # fmt: skip

COLOURS = (
    "red", "blue", "green", "yellow", "white", "black", "silver", "golden", "brown", "pink",
)  # fmt: skip
LOOKS = (*COLOURS, "old", "tiny", "shiny", "round", "little", "painted")
PLACES = (
    "park", "garden", "forest", "river", "hill", "market", "beach", "barn", "school", "lake",
    "field", "bridge", "mill", "library", "kitchen", "attic", "cave", "meadow", "harbour", "well",
)  # fmt: skip
SPOTS = (
    "box", "drawer", "bag", "basket", "cupboard", "pocket", "jar", "chest", "bucket", "bed",
)  # fmt: skip
FOODS = (
    "cake", "bread", "soup", "jam", "pie", "honey", "cheese", "rice", "apples", "pears", "plums",
    "beans", "noodles", "porridge", "nuts",
)  # fmt: skip
TRAITS = (
    "kind", "brave", "shy", "clever", "lazy", "proud", "curious", "gentle", "greedy", "cheerful",
    "grumpy", "careful", "noisy", "patient", "stubborn", "dreamy",
)  # fmt: skip
COUNTABLES = (
    "apples", "coins", "shells", "buttons", "plums", "stones", "books", "eggs", "cups", "nuts",
)  # fmt: skip
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

NICKNAMES = (
    "rex99", "mike88", "catfan", "zork", "bluesky", "dr_no", "trollking", "nightowl", "pixel",
    "grumpy_g", "sunny7", "anon", "vera", "captain_x", "tofu", "lemon_b", "old_boot", "mossy_rock",
)  # fmt: skip
RUDE_REMARKS = (
    "lol", "who cares", "this is a silly question", "read a book", "go away", "nobody asked",
    "wrong again, genius", "stop wasting our time", "you are so dumb", "ask your mother", "boring",
    "shut up", "what a stupid thread", "not this again", "you know nothing",
)  # fmt: skip
POLITE_REMARKS = (
    "good question!", "thank you for asking", "welcome to the forum", "i hope this helps",
    "you are very kind", "please ask again any time", "have a nice day", "happy to help",
    "thanks everyone", "that is right, well done",
)  # fmt: skip
IDLE_REMARKS = (
    "same question here", "i want to know too", "why do you ask?", "is this homework?", "first!",
    "following", "my sister asked me this yesterday", "any news?", "did you look in the library?",
)  # fmt: skip
