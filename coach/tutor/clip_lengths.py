"""How long the recorded clips take, s: the longer of both languages. A test measures the recordings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CLIPS_S = {
    "phase_camera_lost": 3.3, "phase_finished": 3.2, "phase_paused": 0.7, "phase_repeat": 2.0, "phase_resumed": 1.5,
    "phase_start": 1.2, "phase_stopped": 3.8,
    "unseen_covered": 1.6, "unseen_dark": 2.4, "unseen_left_hand": 2.3, "unseen_one_hand": 2.3,
    "unseen_out_of_picture": 2.2, "unseen_right_hand": 2.3, "unseen_small": 1.7, "unseen_unknown": 1.9,
    "hint_begin": 1.6, "hint_both_hands": 2.6, "hint_direction": 2.1, "hint_hold_longer": 1.6, "hint_in_turn": 4.4,
    "hint_missing_point": 2.9, "hint_more": 2.9, "hint_more_before": 3.0, "hint_order": 2.9, "hint_point_first": 2.7,
    "hint_point_instead": 2.5, "hint_same_size": 2.7, "hint_shape": 2.1, "hint_slower": 1.1, "hint_step_first": 3.0,
    "hint_to_the_end": 3.2, "hint_together": 2.3, "hint_use_hand": 2.4, "hint_whole": 3.2,
    "praise_step_done": 0.9,
    "segment_heart": 1.1, "segment_love": 1.1, "segment_neck_points": 2.0, "segment_neck_stroke": 1.2,
    "segment_scapula_left_circles": 2.5, "segment_scapula_left_points": 3.0, "segment_scapula_right_circles": 2.5,
    "segment_scapula_right_points": 3.2, "segment_shoulder_c_grip": 1.1, "segment_shoulder_points": 2.5,
    "segment_shoulder_stroke": 1.4, "segment_spine_circles": 2.6, "segment_spine_strokes": 2.6,
    "count_1": 0.7, "count_2": 0.7, "count_3": 0.8, "count_4": 0.8, "count_5": 0.7, "count_6": 0.7, "count_7": 0.8,
    "count_8": 0.8, "count_9": 1.0, "count_10": 0.8, "count_11": 0.8, "count_12": 0.9,
}  # fmt: skip
# Nothing here reads files. A trainer's own recording may take longer: the page plays one after the other all the same.
CLIPS_S: Mapping[str, float] = MappingProxyType(_CLIPS_S)
