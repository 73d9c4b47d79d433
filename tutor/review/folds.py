"""All that is kept beside the events: where a learner stands, times, and what is remembered."""

from tutor.progress.folding import PROGRESS
from tutor.progress.timing import TIMES
from tutor.review.cards import CARDS

FOLDS = (PROGRESS, CARDS, TIMES)
