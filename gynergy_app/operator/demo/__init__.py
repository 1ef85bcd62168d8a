"""The demonstration: a cohort of fourteen on its ninth day, and a few people around it.

Loading it again replaces them: their days are counted from the day of loading.
"""

from gynergy_app.operator.demo.loading import load
from gynergy_app.operator.demo.people import NAMED, PASSWORD

SIGN_INS = [(person.email, PASSWORD, person.story) for person in NAMED]

__all__ = ["SIGN_INS", "load"]
