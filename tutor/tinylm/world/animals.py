"""The animals of the world, one row each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Animal:
    """An animal; each field after the name is a fact that can be asked for."""

    name: str
    kind: str
    home: str
    food: str
    sound: str
    colour: str
    young: str
    skill: str


ANIMALS = (
    Animal("owl", "bird", "the forest", "mice", "hoots", "brown", "owlet", "see in the dark"),
    Animal("cat", "mammal", "the house", "fish", "meows", "grey", "kitten", "climb trees"),
    Animal("dog", "mammal", "the yard", "bones", "barks", "brown", "puppy", "find lost things"),
    Animal("cow", "mammal", "the farm", "grass", "moos", "white", "calf", "give milk"),
    Animal("horse", "mammal", "the stable", "hay", "neighs", "black", "foal", "run fast"),
    Animal("pig", "mammal", "the farm", "corn", "oinks", "pink", "piglet", "smell roots"),
    Animal("sheep", "mammal", "the hill", "clover", "bleats", "white", "lamb", "grow wool"),
    Animal("hen", "bird", "the barn", "seeds", "clucks", "red", "chick", "lay eggs"),
    Animal("duck", "bird", "the pond", "water plants", "quacks", "green", "duckling", "swim well"),
    Animal("goose", "bird", "the lake", "grass", "honks", "white", "gosling", "fly far"),
    Animal("frog", "amphibian", "the pond", "flies", "croaks", "green", "tadpole", "jump far"),
    Animal("toad", "amphibian", "the ditch", "beetles", "croaks", "brown", "toadlet", "sit still"),
    Animal("newt", "amphibian", "the well", "worms", "is silent", "orange", "eft", "grow a tail"),
    Animal("fox", "mammal", "the den", "berries", "yelps", "orange", "kit", "hide well"),
    Animal("wolf", "mammal", "the mountain", "meat", "howls", "grey", "pup", "hunt in a team"),
    Animal("bear", "mammal", "the cave", "honey", "growls", "brown", "cub", "sleep all winter"),
    Animal("rabbit", "mammal", "the burrow", "carrots", "squeaks", "white", "bunny", "hop fast"),
    Animal(
        "mouse",
        "mammal",
        "the wall",
        "cheese",
        "squeaks",
        "grey",
        "pinkie",
        "squeeze through holes",
    ),
    Animal("squirrel", "mammal", "the oak tree", "nuts", "chatters", "red", "kit", "store food"),
    Animal("bat", "mammal", "the cave", "moths", "clicks", "black", "pup", "fly at night"),
    Animal("bee", "insect", "the hive", "nectar", "buzzes", "yellow", "larva", "make honey"),
    Animal("ant", "insect", "the anthill", "crumbs", "is silent", "black", "larva", "lift weights"),
    Animal(
        "cricket", "insect", "the meadow", "grass", "chirps", "green", "nymph", "sing all night"
    ),
    Animal("beetle", "insect", "the log", "leaves", "clicks", "black", "grub", "push heavy balls"),
    Animal(
        "butterfly",
        "insect",
        "the meadow",
        "nectar",
        "is silent",
        "blue",
        "caterpillar",
        "change its shape",
    ),
    Animal(
        "spider", "arachnid", "the web", "flies", "is silent", "black", "spiderling", "spin a web"
    ),
    Animal(
        "snail",
        "mollusc",
        "the garden",
        "leaves",
        "is silent",
        "brown",
        "snailet",
        "carry its house",
    ),
    Animal(
        "snake", "reptile", "the desert", "eggs", "hisses", "green", "snakelet", "shed its skin"
    ),
    Animal(
        "lizard",
        "reptile",
        "the rocks",
        "crickets",
        "hisses",
        "green",
        "hatchling",
        "drop its tail",
    ),
    Animal(
        "turtle",
        "reptile",
        "the river",
        "water plants",
        "is silent",
        "green",
        "hatchling",
        "hide in its shell",
    ),
    Animal(
        "crab", "crustacean", "the beach", "shellfish", "clicks", "red", "zoea", "walk sideways"
    ),
    Animal("whale", "mammal", "the ocean", "krill", "sings", "blue", "calf", "dive deep"),
    Animal("dolphin", "mammal", "the sea", "fish", "whistles", "grey", "calf", "leap over waves"),
    Animal("seal", "mammal", "the ice", "fish", "barks", "silver", "pup", "balance a ball"),
    Animal("penguin", "bird", "the ice", "fish", "honks", "black", "chick", "slide on its belly"),
    Animal("lion", "mammal", "the plain", "meat", "roars", "golden", "cub", "lead a pride"),
    Animal("tiger", "mammal", "the jungle", "meat", "roars", "orange", "cub", "swim and hunt"),
    Animal(
        "elephant",
        "mammal",
        "the plain",
        "leaves",
        "trumpets",
        "grey",
        "calf",
        "remember everything",
    ),
    Animal(
        "giraffe", "mammal", "the plain", "leaves", "hums", "yellow", "calf", "reach tall trees"
    ),
    Animal(
        "monkey",
        "mammal",
        "the jungle",
        "bananas",
        "chatters",
        "brown",
        "infant",
        "swing from branches",
    ),
    Animal(
        "camel",
        "mammal",
        "the desert",
        "thorny plants",
        "grunts",
        "tan",
        "calf",
        "walk without water",
    ),
    Animal("parrot", "bird", "the jungle", "fruit", "squawks", "green", "chick", "copy words"),
    Animal("eagle", "bird", "the cliff", "fish", "screeches", "golden", "eaglet", "see very far"),
    Animal("crow", "bird", "the field", "seeds", "caws", "black", "chick", "solve puzzles"),
    Animal("robin", "bird", "the hedge", "worms", "chirps", "red", "chick", "sing at dawn"),
    Animal(
        "swan", "bird", "the lake", "water plants", "honks", "white", "cygnet", "glide on water"
    ),
    Animal("deer", "mammal", "the forest", "grass", "bleats", "brown", "fawn", "leap over fences"),
    Animal("goat", "mammal", "the hill", "thistles", "bleats", "white", "kid", "climb rocks"),
    Animal("donkey", "mammal", "the stable", "hay", "brays", "grey", "foal", "pull a cart"),
    Animal("badger", "mammal", "the burrow", "worms", "growls", "black", "cub", "dig tunnels"),
    Animal("otter", "mammal", "the river", "fish", "whistles", "brown", "pup", "float on its back"),
    Animal(
        "hedgehog",
        "mammal",
        "the garden",
        "worms",
        "snuffles",
        "brown",
        "hoglet",
        "roll into a ball",
    ),
    Animal("shark", "fish", "the ocean", "fish", "is silent", "grey", "pup", "smell from far away"),
)
KINDS_TO_LIST = ("bird", "mammal", "insect", "reptile", "amphibian")
