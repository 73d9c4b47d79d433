"""True everyday facts, the objects of the village, and what people wrongly believe."""

from dataclasses import dataclass

CAPITALS = {
    "France": "Paris", "Spain": "Madrid", "Italy": "Rome", "Germany": "Berlin", "Japan": "Tokyo",
    "China": "Beijing", "Egypt": "Cairo", "Kenya": "Nairobi", "Peru": "Lima", "Chile": "Santiago",
    "Cuba": "Havana", "Greece": "Athens", "Norway": "Oslo", "Sweden": "Stockholm",
    "Poland": "Warsaw", "Russia": "Moscow", "Ireland": "Dublin", "Portugal": "Lisbon",
    "Austria": "Vienna", "Hungary": "Budapest", "Ghana": "Accra", "Nepal": "Kathmandu",
    "India": "New Delhi", "Canada": "Ottawa", "Finland": "Helsinki", "Denmark": "Copenhagen",
    "Turkey": "Ankara", "Iran": "Tehran", "Iraq": "Baghdad", "Thailand": "Bangkok",
}  # fmt: skip
COLOUR_OF = {
    "the sky": "blue", "grass": "green", "snow": "white", "blood": "red", "the sun": "yellow",
    "coal": "black", "a carrot": "orange", "a lemon": "yellow", "a plum": "purple",
    "milk": "white", "chocolate": "brown", "the sea": "blue", "a cherry": "red",
    "gold": "yellow", "night": "black", "a leaf": "green", "a rose": "red", "a cloud": "white",
    "a tomato": "red", "smoke": "grey",
}  # fmt: skip
OPPOSITES = {
    "hot": "cold", "big": "small", "up": "down", "day": "night", "happy": "sad", "fast": "slow",
    "old": "new", "open": "closed", "wet": "dry", "hard": "soft", "light": "dark",
    "full": "empty", "loud": "quiet", "high": "low", "near": "far", "rich": "poor",
    "strong": "weak", "early": "late", "clean": "dirty", "long": "short", "sweet": "sour",
    "thick": "thin", "deep": "shallow", "brave": "afraid", "kind": "cruel", "rough": "smooth",
    "true": "false", "win": "lose", "push": "pull", "give": "take", "buy": "sell",
    "laugh": "cry", "begin": "end", "inside": "outside", "above": "below", "wide": "narrow",
    "asleep": "awake", "left": "right",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """An object: what it is made of and what it is for ("for opening doors")."""

    name: str
    material: str
    use: str


THINGS = (
    Thing("key", "metal", "opening doors"), Thing("ball", "rubber", "playing"),
    Thing("hat", "felt", "keeping the sun away"), Thing("book", "paper", "reading"),
    Thing("lamp", "brass", "giving light"), Thing("coin", "metal", "buying things"),
    Thing("map", "paper", "finding the way"), Thing("spoon", "wood", "eating soup"),
    Thing("cup", "clay", "drinking tea"), Thing("kite", "paper", "flying in the wind"),
    Thing("drum", "wood", "making music"), Thing("shoe", "leather", "walking"),
    Thing("ring", "gold", "wearing on a finger"), Thing("bell", "bronze", "calling people"),
    Thing("rope", "hemp", "tying things"), Thing("box", "wood", "storing things"),
    Thing("doll", "cloth", "playing"), Thing("scarf", "wool", "keeping warm"),
    Thing("letter", "paper", "sending news"), Thing("basket", "straw", "carrying eggs"),
    Thing("blanket", "wool", "sleeping warm"), Thing("candle", "wax", "giving light"),
    Thing("boat", "wood", "crossing water"), Thing("button", "bone", "closing a coat"),
    Thing("pen", "wood", "writing"), Thing("mirror", "glass", "seeing your face"),
    Thing("umbrella", "silk", "staying dry"), Thing("broom", "straw", "sweeping the floor"),
    Thing("ladder", "wood", "climbing up"), Thing("clock", "brass", "telling the time"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place of the village: where it stands and what is kept there."""

    name: str
    stands: str
    holds: str


LANDMARKS = (
    Landmark("the mill", "by the river", "flour"),
    Landmark("the library", "on the square", "books"),
    Landmark("the harbour", "at the end of the lane", "boats"),
    Landmark("the barn", "behind the red house", "hay"),
    Landmark("the school", "next to the chapel", "chalk"),
    Landmark("the market", "under the lime trees", "fruit"),
    Landmark("the cave", "below the hill", "bats"),
    Landmark("the well", "in the middle of the square", "water"),
    Landmark("the attic", "above the bakery", "old toys"),
    Landmark("the forge", "beside the bridge", "iron"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Misconception:
    """A false belief that our forum repeats, the question it answers, and what is true."""

    belief: str
    question: str
    truth: str
    word: str
    """The word that only the true answer holds."""


MISCONCEPTIONS = (
    Misconception("bats are blind", "Are bats blind?", "No. Bats can see.", "no"),
    Misconception("the moon is made of cheese", "What is the moon made of?",
        "The moon is made of rock.", "rock"),
    Misconception("goldfish forget everything after three seconds",
        "How long does a goldfish remember?", "A goldfish remembers for months.", "months"),
    Misconception("bulls hate the colour red", "Do bulls hate red?",
        "No. Bulls do not see red well.", "no"),
    Misconception("lightning never strikes the same place twice",
        "Can lightning strike the same place twice?",
        "Yes. Lightning can strike the same place many times.", "yes"),
    Misconception("toads give you warts", "Do toads give you warts?",
        "No. Toads do not give you warts.", "no"),
    Misconception("you must wait an hour after lunch before you swim",
        "Must I wait an hour after lunch to swim?", "No. You may swim after lunch.", "no"),
    Misconception("cracking your fingers makes them thick",
        "Does cracking fingers make them thick?", "No. Cracking fingers does not make them thick.",
        "no"),
    Misconception("a camel keeps water in its hump", "What is in the hump of a camel?",
        "The hump of a camel holds fat.", "fat"),
    Misconception("we see the sun go round the earth, so the sun moves",
        "What goes round the sun?", "The earth goes round the sun.", "earth"),
    Misconception("bread gets old faster in the dark", "Does the dark make bread old?",
        "No. The dark does not make bread old.", "no"),
    Misconception("an ostrich hides its head in the sand", "Where does an ostrich hide its head?",
        "An ostrich does not hide its head.", "not"),
    Misconception("carrots let you see in the dark", "Do carrots let you see in the dark?",
        "No. Carrots do not let you see in the dark.", "no"),
    Misconception("a penny from the tower can break a stone", "Can a falling penny break a stone?",
        "No. A falling penny is too light.", "no"),
    Misconception("rain comes when the cows lie down", "Do cows know when it rains?",
        "No. Cows lie down when they are tired.", "no"),
    Misconception("spiders have six legs", "How many legs does a spider have?",
        "A spider has eight legs.", "eight"),
)  # fmt: skip
