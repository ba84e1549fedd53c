"""Tests, forms and rules that a trainer can read and change: TOML files beside the protocols."""

from coach.instruments.schema import (
    Choice,
    Instrument,
    Milk,
    Question,
    Rules,
    Screening,
    Statement,
    TestSheet,
    VisitForm,
    model_of,
    parse,
)

__all__ = [
    "Choice",
    "Instrument",
    "Milk",
    "Question",
    "Rules",
    "Screening",
    "Statement",
    "TestSheet",
    "VisitForm",
    "model_of",
    "parse",
]
