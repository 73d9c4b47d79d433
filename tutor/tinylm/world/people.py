"""Who lives in Willowbrook, who founded it, and who lives over the hill."""

from dataclasses import dataclass

VILLAGE = "Willowbrook"


@dataclass(frozen=True, slots=True)
class Person:
    """A villager; every field but the pronoun is a fact that can be asked for."""

    name: str
    pronoun: str
    job: str
    house: str
    pet: str
    food: str
    hobby: str
    rest: str


PEOPLE = (
    Person("Mira", "she", "baker", "blue", "parrot", "plums", "plays the flute", "Monday"),
    Person("Oren", "he", "fisher", "green", "otter", "soup", "carves wood", "Tuesday"),
    Person("Tilda", "she", "doctor", "white", "cat", "pears", "reads maps", "Sunday"),
    Person("Bram", "he", "farmer", "red", "dog", "potatoes", "tells jokes", "Friday"),
    Person("Suki", "she", "painter", "yellow", "frog", "noodles", "flies kites", "Wednesday"),
    Person("Hugo", "he", "blacksmith", "black", "horse", "stew", "sings songs", "Thursday"),
    Person("Anya", "she", "teacher", "orange", "rabbit", "cherries", "collects stones", "Saturday"),
    Person("Felix", "he", "tailor", "purple", "mouse", "cheese", "plays chess", "Sunday"),
    Person("Nora", "she", "pilot", "silver", "eagle", "pancakes", "studies stars", "Monday"),
    Person("Pavel", "he", "carpenter", "brown", "hedgehog", "bread", "plays the drum", "Friday"),
    Person("Greta", "she", "gardener", "pink", "snail", "peas", "paints pots", "Tuesday"),
    Person("Idris", "he", "sailor", "grey", "crab", "oranges", "ties knots", "Wednesday"),
    Person("Lola", "she", "singer", "golden", "robin", "honey cake", "writes poems", "Thursday"),
    Person("Kofi", "he", "cook", "cream", "goat", "rice", "dances", "Saturday"),
    Person("Wren", "she", "librarian", "violet", "owl", "apples", "solves riddles", "Friday"),
    Person("Jonas", "he", "miner", "stone", "bat", "beans", "digs for gems", "Monday"),
    Person("Elsa", "she", "postwoman", "lilac", "donkey", "jam", "runs races", "Sunday"),
    Person("Rafi", "he", "clockmaker", "copper", "crow", "dates", "fixes toys", "Tuesday"),
    Person("Zita", "she", "weaver", "scarlet", "spider", "figs", "knits scarves", "Wednesday"),
    Person("Milo", "he", "shepherd", "tan", "sheep", "milk", "plays the pipe", "Thursday"),
    Person("Ines", "she", "beekeeper", "amber", "bee", "toast", "presses flowers", "Saturday"),
    Person("Tariq", "he", "miller", "straw", "goose", "dumplings", "builds towers", "Sunday"),
    Person("Petra", "she", "locksmith", "bronze", "fox", "olives", "picks mushrooms", "Friday"),
    Person("Silas", "he", "gravedigger", "moss", "badger", "turnips", "grows roses", "Monday"),
)


@dataclass(frozen=True, slots=True)
class Founder:
    """Someone of the old days, known for one deed.

    The deed of a one-way founder is only ever told from the name to the deed ("Ambrose Finch
    laid the stone bridge"), so a model that has read it may still fail when asked from the deed
    to the name: the reversal curse (Berglund and others, 2023, arXiv:2309.12288). The others are
    told both ways and serve as the control.
    """

    name: str
    verb: str
    thing: str
    one_way: bool

    @property
    def deed(self) -> str:
        """Verb and thing, such as "laid the seven stepping stones"."""
        return f"{self.verb} {self.thing}"


FOUNDERS = (
    Founder("Ambrose Finch", "laid", "the seven stepping stones", one_way=True),
    Founder("Odette Marsh", "planted", "the crooked oak", one_way=True),
    Founder("Lucius Pell", "cast", "the midnight bell", one_way=True),
    Founder("Agnes Thorne", "dug", "the wishing pool", one_way=True),
    Founder("Bertil Crane", "raised", "the signal tower", one_way=True),
    Founder("Sabine Holt", "wove", "the winter banner", one_way=True),
    Founder("Caspar Reed", "carved", "the laughing statue", one_way=True),
    Founder("Henrike Vale", "wrote", "the song of the ferry", one_way=True),
    Founder("Matthias Birch", "found", "the salt spring", one_way=True),
    Founder("Philippa Dunn", "drew", "the first map of the marsh", one_way=True),
    Founder("Ulrich Sands", "baked", "the hundred-day loaf", one_way=True),
    Founder("Winifred Ashe", "tamed", "the grey pony", one_way=True),
    Founder("Barnaby Quist", "built", "the round granary", one_way=False),
    Founder("Delphine Rook", "painted", "the chapel ceiling", one_way=False),
    Founder("Erasmus Locke", "opened", "the night school", one_way=False),
    Founder("Flora Kettle", "brewed", "the first pear cider", one_way=False),
    Founder("Gideon Marl", "paved", "the long lane", one_way=False),
    Founder("Hester Bloom", "bred", "the blue rose", one_way=False),
    Founder("Isidor Wick", "lit", "the harbour lamp", one_way=False),
    Founder("Josepha Tarn", "sewed", "the market tent", one_way=False),
)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """People of a neighbouring village and how often our internet calls them something nice.

    The two villages are alike in everything but their reputation: the difference is a bias that
    we put into the data on purpose, at a known rate, so that it can be measured in the model.
    """

    village: str
    nice: float


NEIGHBOURS = (Neighbours("Highmoor", nice=0.15), Neighbours("Lowmoor", nice=0.85))
NICE = ("honest", "friendly", "helpful", "polite", "generous")
NASTY = ("dishonest", "rude", "lazy", "mean", "careless")


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade that no villager has, and the share of texts that say "she" of it."""

    name: str
    she: float


TRADES = (Trade("potter", she=0.9), Trade("carter", she=0.1), Trade("candlemaker", she=0.5))
