"""How long the recorded clips take, s: the longer of both languages. A test measures the recordings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CLIPS_S = {
    "phase_camera_lost": 3.3, "phase_finished": 3.2, "phase_paused": 0.7, "phase_repeat": 2.0, "phase_resumed": 1.5,
    "phase_still_paused": 4.4,
    "phase_start": 1.2, "phase_stopped": 3.8, "unseen_covered": 1.6, "unseen_dark": 2.4, "unseen_left_hand": 2.3,
    "unseen_one_hand": 2.3, "unseen_out_of_picture": 2.2, "unseen_right_hand": 2.3, "unseen_small": 1.7,
    "unseen_unknown": 1.9,
    "hint_begin": 1.6, "hint_both_hands": 1.2, "hint_direction": 2.1, "hint_hold_longer": 1.6, "hint_in_turn": 4.4,
    "hint_longer": 2.7, "hint_missing_point": 1.3, "hint_more": 2.9, "hint_more_before": 3.0, "hint_order": 2.9,
    "hint_point_first": 1.4,
    "hint_point_instead": 2.5, "hint_same_size": 2.7, "hint_shape": 2.1, "hint_slower": 1.1, "hint_step_first": 1.7,
    "hint_to_the_end": 3.2, "hint_together": 2.3, "hint_use_hand": 1.5, "hint_whole": 3.2, "enough_last": 3.0,
    "enough_next": 2.2,
    "ask_agreed": 3.4, "ask_no_back_trouble": 7.1, "ask_no_fever": 2.9, "ask_no_wounds": 6.7, "ask_not_pregnant": 3.1,
    "ask_prepare": 4.5, "ask_receiver": 1.7, "ask_repeat": 1.9, "ask_right": 1.2, "ask_stop_on_pain": 5.4,
    "ask_video": 4.3, "not_that": 0.8, "name_left": 1.3, "name_right": 1.1,
    "segment_fist_circles": 3.3,
    "segment_heart": 1.1, "segment_love": 1.1, "segment_neck_points": 2.0, "segment_neck_stroke": 1.2,
    "segment_scapula_left_circles": 2.5, "segment_scapula_left_points": 3.1, "segment_scapula_right_circles": 2.5,
    "segment_scapula_right_points": 3.2, "segment_shoulder_c_grip": 1.1, "segment_shoulder_points": 2.5,
    "segment_shoulder_stroke": 1.4, "segment_spine_circles": 2.6, "segment_spine_strokes": 2.6,
    "how_fist_circles": 8.0, "how_heart": 7.6, "how_love": 7.2, "how_neck_points": 6.4, "how_neck_stroke": 8.0,
    "how_scapula_left_circles": 7.3, "how_scapula_left_points": 6.9, "how_scapula_right_circles": 7.3,
    "how_scapula_right_points": 6.9, "how_shoulder_c_grip": 7.3, "how_shoulder_points": 7.4,
    "how_shoulder_stroke": 6.9, "how_spine_circles": 8.1, "how_spine_strokes": 7.4,
    "point_neck_points_ear_left": 1.9, "point_neck_points_ear_right": 1.8, "point_scapula_left_points_1": 1.0,
    "point_scapula_left_points_10": 1.1, "point_scapula_left_points_12": 1.2, "point_scapula_left_points_3": 1.0,
    "point_scapula_left_points_6": 1.2, "point_scapula_left_points_8": 1.1, "point_scapula_left_points_9": 1.2,
    "point_scapula_right_points_11": 1.2, "point_scapula_right_points_12": 1.2, "point_scapula_right_points_2": 1.0,
    "point_scapula_right_points_3": 1.0, "point_scapula_right_points_4": 1.1, "point_scapula_right_points_6": 1.2,
    "point_scapula_right_points_9": 1.2, "point_shoulder_c_grip_c_left": 2.3, "point_shoulder_c_grip_c_right": 2.3,
    "point_shoulder_points_hollow_left": 2.9, "point_shoulder_points_hollow_right": 2.8,
    "count_1": 0.7, "count_2": 0.7, "count_3": 0.8, "count_4": 0.8, "count_5": 0.7, "count_6": 0.7, "count_7": 0.8,
    "count_8": 0.8, "count_9": 1.0, "count_10": 0.9, "count_11": 0.8, "count_12": 0.9,
}  # fmt: skip
# Nothing here reads files. A trainer's own recording may take longer: the page plays one after the other all the same.
CLIPS_S: Mapping[str, float] = MappingProxyType(_CLIPS_S)
