"""Patient education: assessments, sessions planned and given, who came, who waits."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from etp.actions.assessments import (
    Aim,
    close_assessment,
    save_objectives,
    save_part,
    start_assessment,
)
from etp.actions.attendance import note_attendance
from etp.actions.evaluations import Findings, prepare_letter, record_evaluation
from etp.actions.openings import open_workshops
from etp.actions.opinion import give_feedback, rate_objectives
from etp.actions.places import book, cancel
from etp.actions.planning import Plan, plan_sessions
from etp.actions.reference import keep_facilitator, keep_programme, keep_site, keep_workshop
from etp.actions.sessions import cancel_session
from etp.actions.waiting import wait_for_session
from etp.enums import Mode, Move, SheetPart, Theme
from etp.models import Facilitator, Place, Programme, Site, Workshop
from home.demo_data.calendar import at
from home.demo_data.sheets import AssessmentLine, BookingLine, document
from home.demo_data.story import Story
from network.models import User

OPINIONS = (
    (5, "On repart avec quelque chose à essayer."),
    (4, ""),
    (5, ""),
    (3, "Un peu rapide vers la fin."),
    (4, "Bien, même un jour difficile."),
    (5, "Parler avec les autres fait du bien."),
    (2, "La salle était trop chaude."),
)
OUTCOMES = {"attended": Move.ATTENDED, "absent": Move.ABSENT}


def plan_education(story: Story) -> None:
    Education(story, document("education.toml")).plan()


class Education:
    """The programme of the demo, told in its sheets."""

    def __init__(self, story: Story, told: dict[str, Any]) -> None:
        self.story, self.told = story, told
        self.bookings = [*BookingLine.all()]
        self.facilitators: dict[str, Facilitator] = {}
        self.sites: dict[str, Site] = {}

    @property
    def by(self) -> User:
        return self.story.users[self.told["coordinator"]]

    def plan(self) -> None:
        then, day, told = self.story.then, self.story.calendar.day, self.told
        then(at(day(told["set_up"]), 8), self.set_up)
        for line in AssessmentLine.all():
            then(at(day(line.held), 16), partial(self.assess, line))
        for session in told["sessions"]:
            coming = session["on"].startswith("J+")
            planned = told["planned_again"] if coming else told["planned"]
            then(at(day(planned), 8), partial(self.plan_session, session))
            if "cancelled" in session:
                then(at(day(session["cancelled"]), 9), partial(self.call_off, session))
            elif not coming:
                then(at(day(session["on"]), 20), partial(self.note, session["key"]))
        for rank, booking in enumerate(self.bookings):
            made = at(day(booking.made), 18) + timedelta(minutes=rank % 60)
            waiting = booking.outcome == "waiting"
            then(made, partial(self.wait if waiting else self.book, booking))
            if booking.outcome == "cancelled":
                then(made + timedelta(hours=2), partial(self.give_up, booking))
        for each in told["evaluations"]:
            then(at(day(each["on"]), 11), partial(self.evaluate, each))
        for each in told["ratings"]:
            then(at(day(each["on"]), 19), partial(self.rate, each))
        for each in told["drafts"]:
            then(at(day(each["on"]), 15), partial(self.begin, each))

    def set_up(self, now: datetime) -> None:
        keep: dict[str, Any] = {"by": self.by, "now": now}
        for each in self.told["facilitators"]:
            person = self.story.professionals[each["person"]]
            self.facilitators[each["person"]] = keep_facilitator(
                facilitator=Facilitator(
                    professional=person,
                    training_hours=each["hours"],
                    certificate=each["certificate"],
                    certified_on=now.date() if each["certificate"] else None,
                ),
                **keep,
            )
        for each in self.told["sites"]:
            known = {name: value for name, value in each.items() if name != "key"}
            self.sites[each["key"]] = keep_site(site=Site(**known), **keep)
        told = self.told["programme"]
        programme = keep_programme(
            programme=Programme(
                **told | {"declared_on": self.story.calendar.day(told["declared_on"])},
                starts_on=now.date(),
                coordinator=self.by,
            ),
            team=self.facilitators.values(),
            **keep,
        )
        for each in self.told["workshops"]:
            known = {name: value for name, value in each.items() if name != "key"}
            workshop = Workshop(programme=programme, **known)
            self.story.workshops[each["key"]] = keep_workshop(workshop=workshop, **keep)

    def assess(self, line: AssessmentLine, now: datetime) -> None:
        """A talk of forty-five minutes, then the workshops of its needs are opened."""
        patient = self.story.patients[line.patient]
        by, today = self.by, now.date()
        draft = start_assessment(patient=patient, by=by, now=now)
        parts: dict[SheetPart, dict[str, object]] = {
            SheetPart.NEEDS: {"needs": line.needs.split(), "daily_life": line.daily_life},
            SheetPart.SKILLS: {"knowledge": "", "skills": line.skills, "brakes": line.brakes},
            SheetPart.PREFERENCES: {"mode": line.mode, "availability": line.availability},
            SheetPart.CONSENT: {"held_on": today, "consent_on": today},
        }
        for part, values in parts.items():
            save_part(assessment=draft, part=part, values=values, by=by, now=now)
        aims = [_aim(each) for each in line.objectives.split("|")]
        save_objectives(assessment=draft, aims=aims, by=by, now=now)
        later = now + timedelta(minutes=45)
        sheet = close_assessment(assessment=draft, by=by, now=later)
        self.story.assessments[line.patient] = sheet
        # not what is proposed: a girl of eleven comes to the adolescents' workshop
        needed = [each for each in self.story.workshops.values() if each.theme in sheet.needs]
        open_workshops(assessment=sheet, workshops=needed, by=by, now=later)

    def plan_session(self, told: dict[str, Any], now: datetime) -> None:
        workshop = self.story.workshops[told["workshop"]]
        starts_at = at(self.story.calendar.day(told["on"]), told["hour"], 30)
        site = self.sites[told["site"]] if "site" in told else None
        (self.story.sessions[told["key"]],) = plan_sessions(
            plan=Plan(
                workshop=workshop,
                facilitator=self.facilitators[told["by"]],
                mode=Mode.ON_SITE if site else Mode.VIDEO,
                site=site,
                capacity=told["capacity"],
                spans=((starts_at, starts_at + timedelta(minutes=workshop.minutes)),),
                video_url="" if site else f"https://video.example.org/{told['key']}",
                video_phone="" if site else "01 99 00 00 50",
            ),
            request_id=uuid5(NAMESPACE_URL, told["key"]),
            by=self.by,
            now=now,
        )

    def call_off(self, told: dict[str, Any], now: datetime) -> None:
        session = self.story.sessions[told["key"]]
        cancel_session(session=session, reason=told["reason"], by=self.by, now=now)

    def book(self, line: BookingLine, now: datetime) -> None:
        self.story.places[line.session, line.patient] = book(
            session=self.story.sessions[line.session],
            patient=self.story.patients[line.patient],
            request_id=uuid5(NAMESPACE_URL, f"{line.session}/{line.patient}"),
            by=None,
            now=now,
        )

    def give_up(self, line: BookingLine, now: datetime) -> None:
        cancel(place=self.story.places[line.session, line.patient], by=None, now=now)

    def wait(self, line: BookingLine, now: datetime) -> None:
        wait_for_session(
            session=self.story.sessions[line.session],
            patient=self.story.patients[line.patient],
            by=None,
            now=now,
        )

    def note(self, session: str, now: datetime) -> None:
        """The facilitator notes who came, in the evening."""
        marks = {
            self.story.places[line.session, line.patient].pk: OUTCOMES[line.outcome]
            for line in self.bookings
            if line.session == session and line.outcome in OUTCOMES
        }
        held = self.story.sessions[session]
        by = held.facilitator.professional.user
        if by is None:
            raise ValueError(f"nobody may note {session}")
        note_attendance(session=held, marks=marks, by=by, now=now)
        came = [pk for pk, mark in marks.items() if mark == Move.ATTENDED]
        for rank, pk in enumerate(came[::2]):
            place = Place.objects.get(pk=pk)
            useful, words = OPINIONS[(len(marks) + rank) % len(OPINIONS)]
            later = now + timedelta(minutes=20 + rank)
            give_feedback(place=place, useful=useful, words=words, by=None, now=later)

    def rate(self, told: dict[str, Any], now: datetime) -> None:
        """The patient says where she stands, between two sessions."""
        patient = self.story.patients[told["patient"]]
        aims = self.story.assessments[told["patient"]].objectives.exclude(start=None)
        values = {each.pk: (each.start or 0) + told["gain"] for each in aims}
        rate_objectives(patient=patient, values=values, by=None, now=now)

    def evaluate(self, told: dict[str, Any], now: datetime) -> None:
        sheet = self.story.assessments[told["patient"]]
        aims = sheet.objectives.exclude(start=None)
        findings = Findings(
            held_on=now.date(),
            summary=told["summary"],
            next_steps=told["next_steps"],
            satisfaction=told["satisfaction"],
            ratings={each.pk: min(each.start + told["gain"], 10) for each in aims if each.start},
        )
        evaluation = record_evaluation(assessment=sheet, findings=findings, by=self.by, now=now)
        if told["letter"]:
            later = now + timedelta(minutes=20)
            prepare_letter(evaluation=evaluation, by=self.by, now=later)

    def begin(self, told: dict[str, Any], now: datetime) -> None:
        """An assessment that was begun and waits for its second half."""
        patient = self.story.patients[told["patient"]]
        draft = start_assessment(patient=patient, by=self.by, now=now)
        values = {"needs": [Theme.PAIN.value], "daily_life": told["daily_life"]}
        save_part(assessment=draft, part=SheetPart.NEEDS, values=values, by=self.by, now=now)


def _aim(words: str) -> Aim:
    theme, start, aim = words.split(":", 2)
    return Aim(aim, Theme(theme), int(start))
