"""Live practice: what the coach shows and says while the hands move, and when. Pure: no clock, no words, only keys."""

from coach.tutor.palms import see
from coach.tutor.state import Command, Deed, Gesture, Ghost, Hint, Mode, Phase, Seeing, StepState, TutorState, Unseen
from coach.tutor.tutor import Tutor
from coach.tutor.window import Window, WindowReading, read_window

__all__ = [
    "Command",
    "Deed",
    "Gesture",
    "Ghost",
    "Hint",
    "Mode",
    "Phase",
    "Seeing",
    "StepState",
    "Tutor",
    "TutorState",
    "Unseen",
    "Window",
    "WindowReading",
    "read_window",
    "see",
]
