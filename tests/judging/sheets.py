"""Right, unclear and wrong replies as people write them: written down before the grammar was.

Every second line of a list was kept for a blind check: it was tried for the first time when the
grammar was done. Replies stand one a line. `right` must be accepted; `unclear` can mean two things,
or nothing, and must be asked about, never graded; `wrong` must never be accepted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tutor.course.model import Number, ShortText, WrongNumber, WrongText

SAID: dict[str, Any] = {"feedback": "No.", "hints": (), "explanation": "So."}


@dataclass(frozen=True)
class Sheet:
    """A question, and what three kinds of learners typed at it."""

    name: str
    question: Number | ShortText
    right: str
    unclear: str = ""
    wrong: str = ""

    def replies(self) -> Iterator[tuple[str, str, bool]]:
        """Each reply, what should become of it, and whether it belongs to the blind half."""
        for kind in ("right", "unclear", "wrong"):
            for index, line in enumerate(filter(None, getattr(self, kind).split("\n"))):
                yield line, kind, bool(index % 2)


def number(  # noqa: PLR0913
    prompt: str,
    answer: float,
    unit: str = "",
    *,
    tolerance: float = 0.0,
    decimals: int = 2,
    wrong: tuple[float, ...] = (),
) -> Number:
    listed = tuple(WrongNumber(value=value, feedback=f"No: {value}.") for value in wrong)
    return Number(
        id="q",
        prompt=prompt,
        answer=answer,
        unit=unit,
        tolerance=tolerance,
        decimals=decimals,
        wrong=listed,
        solution="{answer}",
        **SAID,
    )


def short(prompt: str, accept: tuple[str, ...], *wrong: str) -> ShortText:
    listed = (WrongText(texts=wrong, feedback="No."),) if wrong else ()
    return ShortText(id="q", prompt=prompt, accept=accept, wrong=listed, **SAID)


NUMBERS = (
    Sheet(
        "draws",
        number(
            'The probability of "squeals" is 0.7. From this table 100 tokens are drawn. How many '
            'of them do you expect to be "squeals"?',
            70,
            tolerance=0.01,
            decimals=0,
            wrong=(100, 0.7),
        ),
        right="""
70
seventy
70.0
70 tokens
about 70
~70
≈ 70
70 times
Seventy
70 of them
approximately 70 tokens
7 × 10
7*10^1
70.
=70
"70"
70 squeals
it is 70
+70
roughly seventy
0.07k
７０
""",
        unclear="""
70 of 100
70 %
70 out of 100
60 or 70
70 to 75
70 apples
more than 70
about
70-ish or so, maybe 71
not 70
""",
        wrong="""
0.7
7
seventeen
700
seven
-70
seventy-one
100
one hundred
""",
    ),
    Sheet(
        "share",
        number(
            "Making it took 3,640 petaflop/s-days for pre-training, 4.9 for SFT and 60 for RLHF. "
            "Which share of the whole is post-training? Give percent, to two decimals.",
            1.75,
            "%",
            tolerance=0.01,
            wrong=(1.78, 1.62, 98.25, 0.0175),
        ),
        right="""
1.75
1.75%
1.75 percent
1.75 per cent
1,75
1,75 %
1.75 pct
1.75 Percent
~1.75%
approx. 1.75 %
1.7516
one point seven five
one point seven five percent
1¾
1 3/4 %
7/4 %
1.75 ％
a share of 1.75%
1.75% of the whole
1.75 in 100
1.75 out of 100
17.5‰
about 1.75
7 in 400
post-training: 1.75 %
1.75 percents
1.75 per hundred
share = 1.75%
64.9/3704.9
""",
        unclear="""
1,750
1.75 points on a scale
1.75 or 1.78
1.75 1.78
1.7 - 1.8
< 2
1.75 petaflop/s-days
7/4
""",
        wrong="""
1.78%
98.25
98,25 %
17.5
17.5 %
0.0175
0.0175 %
1.75‰
three quarters
""",
    ),
    Sheet(
        "step",
        number(
            "A network has one parameter, w = 1. The rate is 0.05. What is w after one step of "
            "the optimiser?",
            0.7,
            tolerance=0.001,
            wrong=(1.3, 0.85, -5, 6, 0.9),
        ),
        right="""
0.7
.7
w = 0.7
0,7
w=0.7
W = .7
7/10
0.70
zero point seven
70%
7e-1
1 - 0.3 = 0.7
w: 0.7
w is 0.7
w = 7/10
the answer is 0.7
0.7 (= 1 - 0.3)
7 × 10⁻¹
point seven
7·10^-1
seven tenths
1 − 0.05·2·1·3 = 0.7
new w = 0.7
(0.7)
nought point seven
""",
        unclear="""
w = 1 or 0.7
0.7 0.8
0.7 and 1.3
1 - 0.3
.7.0
w
0.7 kg
1 -> 0.7?!1
""",
        wrong="""
1.3
w = 1.3
-0.7
7
w = 0,07
0.07
−5
minus 0.7
6
""",
    ),
    Sheet(
        "weight",
        number(
            'What weight does "rattles" give to "bell"? Two decimals.',
            0.8044,
            tolerance=0.006,
            wrong=(0.4458, 0.8808, 0.1956, 1),
        ),
        right="""
0.80
0,80
.8
0.8
80%
80 %
0.804
0,804
80.4%
0.8044
4/5
8/10
8 * 10^-1
weight: 0.8
weight 0.80
a weight of 0.8
~0.8
≈0.80
four fifths
eighty percent
it's 0.8
""",
        unclear="""
0.8/0.2
0.8 : 0.2
0.8 vs 0.2
""",
        wrong="""
0.88
0.45
0.1956
1
one
88%
""",
    ),
    Sheet(
        "size",
        number(
            "A decoder of GPT-3's kind has 48 layers and vectors of width 5,120. How many billion "
            "parameters do its blocks have? One decimal.",
            15.0994944,
            "billion",
            tolerance=0.06,
            decimals=1,
            wrong=(7.5497472, 5.0331648, 0.3145728),
        ),
        right="""
15.1
15.1 billion
15.1B
15.1b
15,1
15.1 bn
15.1 Billions
15,099,494,400
15099494400
15.1 billion parameters
1.51e10
1.51 × 10^10
1.51×10¹⁰
1.51 x 10^10
1.51·10¹⁰
15.1e9
15.1 × 10^9
15.1*10**9
0.0151 trillion
15100 million
15,100 million
15 100 M
about 15.1 billion
~15.1B
15 099 494 400
15'099'494'400
15_099_494_400
15.099.494.400
15.1 Mrd
15.1 billion weights
fifteen point one
fifteen point one billion
15.1 thousand million
15.1B parameters
around 15.1 billions of parameters
≈15,1 billion
15.1 milliard
15,099494 billion
""",
        unclear="""
15,100
15,099
15.1 parameters
15.1 G
15.1 GB
15.1e
15.1 to 15.2 billion
15-16
151 × 100 million billion years
15.1 10
""",
        wrong="""
7.5
7.5 billion
7,549,747,200
15.1 million
1.51e9
15.1 trillion
151
5.03B
15
""",
    ),
    Sheet(
        "cache",
        number(
            "A model has 48 layers and 8 heads. One conversation has 65,536 tokens. How large is "
            "its KV cache? Give GiB (1 GiB = 1,073,741,824 bytes), two decimals.",
            12.0,
            "GiB",
            tolerance=0.02,
            wrong=(6, 0.25, 12.884901888),
        ),
        right="""
12
12 GiB
12.00
12.0 GiB
12,00
12GiB
12 gib
12 gibibytes
12 gibibyte
twelve
twelve GiB
a dozen
12288 MiB
12,288 MiB
12884901888 bytes
12,884,901,888 bytes
1.2 × 10¹ GiB
KV cache = 12 GiB
12 Gibibytes
12 GiB of memory
about 12 GiB
size: 12
12 × 2^30 bytes
0.01171875 TiB
""",
        unclear="""
12 GB
12.88 GB
12 G
12 Gb
12 gigabytes
12.9 gigabyte
12 B
12,000
""",
        wrong="""
6
6 GiB
24
12.88
1.2
12 MiB
six
""",
    ),
    Sheet(
        "pairs",
        number(
            "A prompt has 4,000 tokens. Jonas adds articles until it has 16,000. How many times as "
            "many pairs of tokens are compared now?",
            16,
            tolerance=0.01,
            wrong=(4, 8),
        ),
        right="""
16
16x
16 times
16×
x16
sixteen
sixteen times
16-fold
16 fold
16 times as many
16 times as many pairs
4^2
4²
4**2
2^4
2⁴
16.0
factor 16
a factor of 16
16X
×16
by a factor of 16
4 squared
4 * 4
sixteenfold
16,0
""",
        unclear="""
16:1
16 to 1
4 times 4,000
16 kg
16,000 / 1
4x or 16x
""",
        wrong="""
4
8x
four
4x
1/16
62
4 times
42
""",
    ),
    Sheet(
        "twenty",
        number(
            "A publisher wants to train a model of 7 billion parameters from scratch. How many "
            "billion tokens should it have, by the rule of thumb?",
            140,
            "billion",
            tolerance=0.5,
            decimals=0,
            wrong=(0.35, 7),
        ),
        right="""
140
140B
140 billion
140 billion tokens
140b tokens
140 bn
140000000000
140,000,000,000
140 000 000 000
1.4e11
1.4 × 10^11
1.4×10¹¹ tokens
0.14 trillion
0.14T
0.14 T tokens
140,000 million
140 thousand million
one hundred and forty
one hundred forty billion
a hundred and forty billion tokens
~140B
20 × 7
140.0
about 140 billion
140 Billion Tokens
140 mrd
140 × 10⁹
""",
        unclear="""
140 tokens
140 parameters
140 billion parameters or tokens
140.000
140 m
seven times twenty or so
140 billions and more
""",
        wrong="""
7
140 million
14
1.4e12
fourteen
140 trillion
0.35
20
""",
    ),
    Sheet(
        "perplexity",
        number(
            "To four tokens a model had given the probabilities 0.5, 0.25, 0.8 and 0.1. What is "
            "its perplexity on them, to two decimals?",
            3.16,
            tolerance=0.02,
            wrong=(2.42, 1.15, 1.66, 0.32, 100),
        ),
        right="""
3.16
3,16
3.1623
3.162
perplexity = 3.16
≈3.16
≈ 3.16
~ 3.16
perplexity: 3.16
PPL = 3.16
ca. 3.16
circa 3.16
approximately 3.16
three point one six
its perplexity is 3.16
10^0.5
√10
10^(1/2)
sqrt(10)
3.16...
3.16…
3.16 or so
3.16ish
""",
        unclear="""
3,162
3.16 bits
3.1 or 3.2
3.16 3.17
3.1–3.2
between 3 and 4
3.16 nats
3..16
""",
        wrong="""
2.42
0.316
31.6
3.2
1.15
-3.16
""",
    ),
    Sheet(
        "flops",
        number(
            "A model with 120 billion parameters is trained on 600 billion tokens. How many "
            "operations is that? Give it in units of 10^23, to two decimals.",
            4.32,
            "10^23",
            tolerance=0.02,
            wrong=(0.72, 1.44),
        ),
        right="""
4.32
4,32
4.32e23
4.32E23
4.32 × 10^23
4.32×10²³
4.32 x 10^23
4.32*10^23
4.32·10^23 operations
432e21
432000000000000000000000
432,000,000,000,000,000,000,000
4.32 e23
4.32 (× 10^23)
4.32 × 10^23 FLOPs
about 4.32
~4.32e23
four point three two
6 × 120e9 × 600e9 = 4.32e23
""",
        unclear="""
4.32 × 10
4.32 zetta
4.32 10^
""",
        wrong="""
0.72
7.2e22
4.32e22
43.2
1.44
4.32e24
""",
    ),
    Sheet(
        "abstain",
        number(
            "A right answer earns 1, no answer 0, and a wrong answer costs t / (1 - t). What does "
            "it earn on average by answering? Mind the sign, and give two decimals.",
            -0.5,
            tolerance=0.01,
            wrong=(0.7, 0.4),
        ),
        right="""
-0.5
−0.5
–0.50
- 0.5
-.5
-1/2
-½
−½
minus 0.5
minus one half
-0,5
negative 0.5
minus a half
-0.5 points
-50%
minus half a point
-0.50
—0.5
minus point five
-5e-1
0.7 - 1.2 = -0.5
- 1 / 2
-5/10
""",
        unclear="""
-0.5 or 0
± 0.5
+-0.5
0.5-
it loses 0.5
--0.5
0 - 0.5 - 1
""",
        wrong="""
0.5
½
0.7
a half
plus 0.5
-5
+0.5
-0.05
""",
    ),
    Sheet(
        "vote",
        number(
            "A model is right with probability 0.8. It is asked five times. How often is the "
            "majority right? Give it to three decimals.",
            0.94208,
            tolerance=0.003,
            decimals=3,
            wrong=(0.8, 0.32768),
        ),
        right="""
0.942
0,942
.942
0.94208
94.2%
94.2 %
94,2 %
94.2 percent
0.942 of the time
942/1000
942 in 1000
94.2 out of 100
942 out of 1,000
p = 0.942
P(majority) = 0.942
probability 0.942
94.2% of the time
9.42e-1
""",
        unclear="""
.942.1
0.8 -> 0.942 -> 1
94.2 % or 0.8
""",
        wrong="""
0.8
80%
0.328
0,32768
0.0942
9.42
""",
    ),
    Sheet(
        "counted",
        number(
            "You tune on 500 examples. On average each has 46 tokens of prompt, then 60 tokens of "
            "reply and 1 token `[end]`. How many tokens count in one pass over the data?",
            30500,
            tolerance=1,
            decimals=0,
            wrong=(53500, 30000, 23000, 61),
        ),
        right="""
30500
30,500
30 500
30_500
30'500
30.5k
30.5K
30.5 thousand
30500 tokens
30,500 tokens
thirty thousand five hundred
thirty thousand and five hundred tokens
3.05e4
3.05 × 10^4
3.05×10⁴
30,5k
500 × 61 = 30500
500 * 61 = 30,500
about 30,500 tokens
~30.5k tokens
30 500 tokens
30,500.0
500 × 61
30 500
30500 tokens in one pass
0.0305M
30.5 k tokens
""",
        unclear="""
30.500
30,50
30.5 m
305 00
30500 or 53500
30,500,5
30 50
""",
        wrong="""
53,500
53500
53.5k
30,000
thirty thousand
30.5
61 tokens
3,050
305000
""",
    ),
    Sheet(
        "factor",
        number(
            "A matrix of 2,048 × 2,048 is tuned with LoRA of rank 16. How many times fewer numbers "
            "are trained than the matrix has?",
            64,
            tolerance=0.1,
            decimals=0,
            wrong=(128, 65536, 0.015625, 16),
        ),
        right="""
64
64x
64 times
64 times fewer
64×
64 fold
64-fold
sixty-four
sixty four
Sixty-four times
sixty-four times fewer
2^6
2⁶
8²
8^2
factor of 64
by a factor of 64
64 X
x 64
4^3
64.0 times
64 times less
64 times fewer numbers
""",
        unclear="""
1/64 or 64
64:1
64 / 1 or 63
64 m
1 in 64
64%
""",
        wrong="""
1/64
26
82
128x
6.4
640
16 times
""",
    ),
    Sheet(
        "memory",
        number(
            "All weights of a model with 13 billion parameters are to be tuned with Adam. How many "
            "gigabytes is that? (8 bits are a byte.)",
            208,
            "GB",
            tolerance=0.1,
            decimals=0,
            wrong=(26, 52),
        ),
        right="""
208
208 GB
208GB
208 gb
208 gigabytes
208 gigabyte
208 Gigabytes
208 GBytes
208e9
208000000000
208,000,000,000
208e9 bytes
208 billion bytes
208,000 MB
208 000 MB
208000 megabytes
0.208 TB
0.208 terabytes
2.08e11 bytes
2.08 × 10¹¹ bytes
two hundred and eight
two hundred eight gigabytes
208.0
~208 GB
13 × 16 = 208
1664 gigabits
1,664 Gbit
208 GB of memory
208 giga-bytes
208 giga bytes
""",
        unclear="""
208 G
208 B
208 GiB
208 Gb
208 bits or bytes
208 b
208.000
208 g
208 m
208 k
""",
        wrong="""
26
26 GB
208 MB
208 TB
1664
208 bytes
52 gigabytes
20.8
""",
    ),
    Sheet(
        "preferred",
        number(
            "A reward model gives reply X the score 1.7 and reply Y the score 0.7. How likely is "
            "it that a rater prefers X? Give three decimals.",
            0.7310585786300049,
            tolerance=0.005,
            decimals=3,
            wrong=(0.2689414213699951, 1.0),
        ),
        right="""
0.731
0,731
.731
73.1%
73.1 %
73,1%
73.1 per cent
0.7311
p=0.731
P(X) = 0.731
P = 73.1 %
~73 %
seventy-three percent
0.73
731/1000
0.731 likely
zero point seven three one
73 in 100
""",
        unclear="""
0.731 for X, 0.269 for Y
73:27
0.73-0.74
""",
        wrong="""
0.269
26.9%
7.31
1
0,269
73.1‰
""",
    ),
    Sheet(
        "cents",
        number(
            "A call reads 3,000 tokens and writes 500. What does a call cost, in cents?",
            1.35,
            "cents",
            tolerance=0.005,
            wrong=(4.6, 0.0135, 0.6),
        ),
        right="""
1.35
1.35 cents
1.35 cent
1.35¢
1,35
1.35 ¢
1.35 ct
1.35 Cents
$0.0135
0.0135 dollars
0.0135 USD
$ 0.0135
US$0.0135
0.0135 $
one point three five cents
1.35 cents per call
about 1.35 cents
1.35 cents a call
0.0135 dollar
cost = 1.35 cents
USD 0.0135
1.350
""",
        unclear="""
1.35 c or so
1.35 euro
€0.0135
1.35 €
1.35 pence
1,350
1.35 m
""",
        wrong="""
4.6
$1.35
1.35 dollars
0.0135
0.0135 cents
13.5
135 cents
""",
    ),
    Sheet(
        "pieces",
        number(
            "A call may hold 16,000 tokens. Pieces of the manual have 600 tokens each. How many "
            "whole pieces fit?",
            22,
            decimals=0,
            wrong=(23, 24, 26, 22.67),
        ),
        right="""
22
twenty-two
twenty two
22 pieces
22 whole pieces
22.0
Twenty-Two pieces
22 pieces fit
2.2e1
22!
22 of them
pieces: 22
""",
        unclear="""
22 or 23
22-23
13,600 / 600 -> 22
22 r 400
""",
        wrong="""
23
22.67
22,67
22⅔
twenty-three
220
twenty
""",
    ),
    Sheet(
        "tickets",
        number(
            "The desk wants to know the share to within 4 percentage points, at 95 %. By the rule "
            "of thumb, how many old cases does it take?",
            625,
            tolerance=25,
            decimals=0,
            wrong=(25, 2500, 156, 100),
        ),
        right="""
625
25²
25^2
25**2
25 squared
625 cases
six hundred and twenty-five
six hundred twenty five
625 old cases
about 600
~600 cases
(100/4)² = 625
around 625
(1/0.04)^2 = 625
0.625k
about six hundred cases
25 × 25
6.25e2
6.25×10²
600-ish
n = 625
""",
        unclear="""
600 to 700
625%
at least 625
25² cases or 625 of 1000
600–650
> 600
""",
        wrong="""
252
25
2500
62.5
6250
two thousand five hundred
156 cases
""",
    ),
    Sheet(
        "orders",
        number(
            "A laboratory spent 5 petaflop/s-days on its last model, and 1,000 on the new one. By "
            "how many orders of magnitude did its training compute grow? Give two decimals.",
            2.3010299956639813,
            "OOM",
            tolerance=0.02,
            wrong=(200, 5.298317366548036),
        ),
        right="""
2.3
2.30
2,3
2.3 OOM
2.3 OOMs
2.30 orders of magnitude
2.3 orders
2.3010
2,30 OOM
two point three
about 2.3 orders of magnitude
log10(200) = 2.3
~2.3
lg 200 = 2.30
by 2.3 OOM
2.3 ooms
""",
        unclear="""
200x
10^2.3
200 times
2.3 times
2.3 or 5.3
""",
        wrong="""
200
5.3
23
0.23
5,3 OOM
""",
    ),
    Sheet(
        "horizon",
        number(
            "The length of task is 60 minutes today, with one doubling every 7 months. How many "
            "minutes will it be in 21 months?",
            480,
            "minutes",
            tolerance=0.5,
            decimals=0,
            wrong=(240, 3, 8),
        ),
        right="""
480
480 minutes
480 min
480min
480 mins
480 minute
8 hours
8 h
8h
8 hrs
eight hours
8 hours of work
four hundred and eighty
four hundred eighty minutes
4.8e2
60 × 8 = 480
60 * 2^3 = 480
480.0 minutes
28,800 seconds
28800 s
60 × 2³ = 480 minutes
1/3 day
about 480
8 hr
480'
""",
        unclear="""
480 m
8:00
480.000
480 x
8 or 480
480 months
""",
        wrong="""
240
4 hours
8
8 minutes
three
480 hours
480 seconds
24 hours
""",
    ),
    Sheet(
        "energy",
        number(
            "A service answers 2 billion prompts. Suppose one takes 0.3 watt-hours. How many "
            "megawatt-hours is that together?",
            600,
            "MWh",
            tolerance=1,
            decimals=0,
            wrong=(600000, 0.6),
        ),
        right="""
600
600 MWh
600MWh
600 mwh
600 megawatt-hours
600 megawatt hours
600 Megawatt-hours
600 megawatthours
600 megawatt-hour
600 MW h
0.6 GWh
0,6 GWh
0.6 gigawatt-hours
600,000 kWh
600 000 kWh
600000 kilowatt-hours
6e8 Wh
600,000,000 watt-hours
six hundred
six hundred megawatt-hours
6 × 10² MWh
~600 MWh
600 MW·h
0.6 gigawatt hours
600 MWhs
""",
        unclear="""
600 MW
600 M
600000000
600 megawatts
0.6 G
600.000
6e8
600 GB
""",
        wrong="""
600000
0.6
0.6 MWh
600 kWh
600 GWh
60
600 Wh
600,000 MWh
""",
    ),
)

SHORTS = (
    Sheet(
        "quantity",
        short(
            "One word: which quantity does a language model assign to each candidate?",
            (
                *("probability", "likelihood", "chance", "percentage", "score", "logit", "prob"),
                *("its probability", "its likelihood", "its chance", "next-token probability"),
                *("probability score", "likelihood score"),
            ),
            "certainty",
            "confidence",
            "truth",
            "parameter",
            "weight",
            "token",
        ),
        right="""
probability
Probability
probabilities
a probability
the probability
probabilties
a score
scores
logits
the chance
chances
"probability"
a percentage
probability.
it's a probability
probabilty
percentages
likelyhood
probability (likelihood)
probability or likelihood
probability / score
a likelihood
the probability!
its likelihood
the next-token probability
likelihood score
prob
""",
        unclear="""
probability or certainty
probability or truth
""",
        wrong="""
change
scope
logic
certainty
a confidence
store
improbability
parameters
weights
tokens
possibility
charge
not probability
perplexity
""",
    ),
    Sheet(
        "base",
        short(
            "Pre-training is over and nothing else has been done yet. What is such a model called?",
            (
                *("base model", "pre-trained model", "pretrained model", "base", "base one"),
                *("base language model", "base LLM", "base model of GPT-3"),
                *("pre-trained language model", "pretrained language model"),
                *("pre-trained LLM", "pretrained LLM", "pre-trained one", "pretrained one"),
            ),
            "foundation model",
            "assistant",
            "chat model",
            "reward model",
            "SFT model",
            "shoggoth",
        ),
        right="""
base model
a base model
Base Model
base models
the base model
Base-model
basemodel
raw model
a raw model
raw models
pretrained model
pre-trained model
pre trained model
base modell
pretrained models
a pre-trained model
base model (raw model)
"base model"
it is called a base model
raw model or base model
the raw model.
it's a base model
bsae model
base
base language model
a base LLM
pretrained language model
a pretrained one
the base model of GPT-3
""",
        unclear="""
base model or chat model
a base model, or maybe a reward model
""",
        wrong="""
model
basis
untrained model
foundation models
a chat model
reward model
case model
SFT model
post-trained model
shoggoth
trained model
world model
loss model
bare model
""",
    ),
    Sheet(
        "context",
        short(
            "Three examples in the prompt, and the model goes on. No parameter has changed. What "
            "is this way of picking up a task called?",
            ("in-context learning", "few-shot learning", "few-shot prompting", "three-shot"),
            "fine-tuning",
            "zero-shot",
            "prompting",
            "transfer learning",
        ),
        right="""
in-context learning
in context learning
In-Context Learning
in-context-learning
learning in context
few-shot learning
few shot learning
few shot prompting
3-shot
three shot
in-context learning (ICL)
ICL (in-context learning)
in-contxt learning
fewshot learning
in-context learning or few-shot learning
the in-context learning
few-shot-learning
incontext learning
""",
        unclear="""
in-context learning or fine-tuning
few-shot learning, that is fine-tuning
""",
        wrong="""
fine-tuning
finetuning
fine tuning
zero-shot
zero-shot learning
prompting
transfer learning
out-of-context learning
context window
learning
2-shot
two-shot
""",
    ),
    Sheet(
        "transfer",
        short(
            "A network trained on animals is trained further on leaves. What is the general term "
            "for such re-use? (Two words.)",
            ("transfer learning", "knowledge transfer"),
            "fine-tuning",
            "supervised learning",
            "machine learning",
            "domain adaptation",
        ),
        right="""
transfer learning
Transfer Learning
transfer-learning
the transfer learning
transfer of knowledge
a transfer of knowledge
knowledge transfer
transferlearning
transfer learning (knowledge transfer)
tranfer learning
transfer leaning
knowlege transfer
knowledge transfers
""",
        unclear="""
transfer learning / fine-tuning
""",
        wrong="""
fine-tuning
finetuning
transformer learning
supervised learning
machine learning
learning
transfer
domain adaptations
""",
    ),
    Sheet(
        "law",
        short(
            "A measure suffers when it becomes a target. Under which economist's name is that "
            "known?",
            ("Goodhart", "Goodhart's law"),
            "Strathern",
            "Campbell",
            "Campbell's law",
            "Murphy",
        ),
        right="""
Goodhart
goodhart
Goodhart's
Goodhart’s law
Goodharts law
Goodhart law
the law of Goodhart
law of Goodhart
Goodheart
Goodhardt
Good hart
Goodhart's Law.
GOODHART
Goodhart's laws
The Goodhart law
Goodhart (Goodhart's law)
""",
        unclear="""
Goodhart or Campbell
Goodhart / Strathern
""",
        wrong="""
Campbell
the law of Campbell
Campbells law
Strathern
Murphy
law
Moore
Godhead
""",
    ),
    Sheet(
        "rag",
        short(
            "What is the method called by which passages are fetched and put into the prompt?",
            ("retrieval-augmented generation", "RAG"),
            "fine-tuning",
            "retrieval",
            "search",
            "grounding",
            "tool use",
        ),
        right="""
RAG
rag
R.A.G.
retrieval-augmented generation
retrieval augmented generation
Retrieval Augmented Generation (RAG)
RAG (retrieval-augmented generation)
retrieval-augmented generation, RAG
retrieval augmented generations
retrievel-augmented generation
retrieval-augmentd generation
RAG: retrieval-augmented generation
RAG - retrieval-augmented generation
it is RAG
retrieval-augmented-generation
RAGs
""",
        unclear="""
RAG or fine-tuning
RAG (tool use)
""",
        wrong="""
rage
fine-tuning
retrieval
search
bag
generation
tool use
augmented generation
RAM
""",
    ),
    Sheet(
        "unhobbling",
        short(
            "In the three-engine split, what is such a gain called? (One word.)",
            ("unhobbling",),
            "fine-tuning",
            "scaling",
            "scaffolding",
        ),
        right="""
unhobbling
Unhobbling
un-hobbling
the unhobbling
unhobling
unhobblings
an unhobbling
""",
        wrong="""
hobbling
scaling
gobbling
scaffolding
fine-tuning
""",
    ),
    Sheet(
        "memorisation",
        short(
            "A model repeats a passage of its training text word for word. What is this called?",
            ("memorisation", "overfitting"),
            "hallucination",
            "plagiarism",
        ),
        right="""
memorisation
memorization
Memorization
a memorisation
memorisations
memorized
overfitting
over-fitting
over fitting
memorisaton
""",
        wrong="""
hallucination
hallucinations
memory
plagiarism
underfitting
""",
    ),
    Sheet(
        "rater",
        short(
            "What is the person called who says which of two replies is better?",
            ("rater", "human rater"),
            "judge model",
            "reward model",
        ),
        right="""
rater
a rater
raters
human rater
the human raters
human-rater
Rater
""",
        wrong="""
later
reward model
water
judge model
user
rate
""",
    ),
)
