"""Words of patient education, as closed lists. French labels live with the models."""

from enum import StrEnum


class Theme(StrEnum):
    """What a workshop works on (facts of the network 1.6)."""

    PAIN = "pain"
    TREATMENTS = "treatments"
    RELAXATION = "relaxation"
    HYPNOSIS = "hypnosis"
    MOVEMENT = "movement"
    FOLLOW_UP = "follow_up"


class Audience(StrEnum):
    ADULTS = "adults"
    ADOLESCENTS = "adolescents"
    CHILDREN = "children"


class Format(StrEnum):
    GROUP = "group"
    INDIVIDUAL = "individual"


class Mode(StrEnum):
    ON_SITE = "on_site"
    VIDEO = "video"


class PlaceState(StrEnum):
    """Where a patient's place in a session stands."""

    OFFERED = "offered"
    BOOKED = "booked"
    ATTENDED = "attended"
    ABSENT = "absent"
    EXCUSED = "excused"
    CANCELLED = "cancelled"
    MOVED = "moved"
    DECLINED = "declined"
    EXPIRED = "expired"


class Move(StrEnum):
    """What happened to a place."""

    BOOKED = "booked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    ABSENT = "absent"
    EXCUSED = "excused"


class WaitState(StrEnum):
    """Where somebody's wait for a place stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    SERVED = "served"
    LEFT = "left"
    OVER = "over"


LIVE = (WaitState.WAITING, WaitState.OFFERED)
"""A wait that is not over."""


class Refusal(StrEnum):
    """Why a place cannot be had."""

    CANCELLED = "cancelled"
    STARTED = "started"
    NOT_FOLLOWED = "not_followed"
    NOT_OPENED = "not_opened"
    SAME_SESSION = "same_session"
    OTHER_DATE = "other_date"
    ALREADY_ATTENDED = "already_attended"
    CLASH = "clash"
    WHOLE_CYCLE = "whole_cycle"
    OTHER_WORKSHOP = "other_workshop"
    FULL = "full"
    OFFER_OVER = "offer_over"
    TOO_LATE = "too_late"
    NOT_HELD = "not_held"
    ROOM_LEFT = "room_left"


class Concern(StrEnum):
    """What a coordinator reads before planning a session; none of them forbids it."""

    FACILITATOR_TWICE = "facilitator_twice"
    ROOM_TWICE = "room_twice"
    HOLIDAY = "holiday"
    UNTRAINED = "untrained"
    ROOM_SMALL = "room_small"


class TeamLack(StrEnum):
    """What the team of a programme lacks."""

    DOCTOR = "doctor"
    SECOND_PROFESSION = "second_profession"


class Stage(StrEnum):
    """Where a session stands for those who run it."""

    OPEN = "open"
    FULL = "full"
    UNDER_MINIMUM = "under_minimum"
    TO_NOTE = "to_note"
    NOTED = "noted"
    CANCELLED = "cancelled"


class SheetPart(StrEnum):
    """The parts of the shared assessment, in the order of the talk; the values are addresses."""

    NEEDS = "besoins"
    SKILLS = "acquis"
    OBJECTIVES = "objectifs"
    PREFERENCES = "preferences"
    CONSENT = "accord"


class Why(StrEnum):
    """Why a workshop is proposed after an assessment."""

    OBJECTIVE = "objective"
    NEED = "need"
