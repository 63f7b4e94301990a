"""Seats, offers and waits as plain sets: the simplest thing that the engine must agree with.

People and rooms (sessions) are numbers in the order of their keys. Nothing is shared with the
engine's own rules but the figures of the network: a day's notice, an offer's window.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

NOTICE = timedelta(hours=24)
ANOTHER_DATE = ("same session", "other date")


@dataclass
class Line:
    """Somebody waits: for a room, or for any of a workshop's."""

    person: int
    workshop: int
    room: int | None
    since: datetime
    offered: bool = False


@dataclass
class Offer:
    until: datetime
    made: datetime
    line: Line


@dataclass
class Room:
    number: int
    workshop: int
    starts: datetime
    ends: datetime
    seats: int
    rank: int | None = None
    cancelled: bool = False
    booked: dict[int, datetime] = field(default_factory=dict)
    offers: dict[int, Offer] = field(default_factory=dict)
    gave_up: dict[int, datetime] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)  # those who booked it in a cycle

    @property
    def free(self) -> int:
        return self.seats - len(self.booked) - len(self.offers)

    def gone(self, now: datetime) -> bool:
        return self.cancelled or self.starts <= now


@dataclass
class Model:
    rooms: list[Room]
    opened: set[tuple[int, int]]
    now: datetime
    lines: list[Line] = field(default_factory=list)

    # --- What a person does: True when it is done

    def book(self, who: int, room: Room, cycle: Collection[int] = ()) -> bool:
        if who in room.offers:
            return self.accept(who, room, cycle)
        if self.against(who, room, cycle=cycle) or room.free < 1:
            return False
        self._sit(who, room, self.now)
        return True

    def book_cycle(self, who: int, cycle: list[Room]) -> bool:
        rooms = [room for room in cycle if not room.cancelled]
        numbers = {room.number for room in rooms}
        for room in rooms:
            own = who in room.offers
            no = self.against(who, room, cycle=numbers, offers=not own)
            if no or (room.free < 1 and not own):
                return False
        for room in rooms:
            self.book(who, room, numbers)
            room.whole.add(who)
        return bool(rooms)

    def cancel(self, who: int, room: Room, *, by_staff: bool) -> bool:
        if who not in room.booked or not self._in_time(room, by_staff=by_staff):
            return False
        self._stand_up(who, room)
        return True

    def cancel_cycle(self, who: int, *, by_staff: bool) -> bool:
        coming = [room for room in self.rooms if who in room.whole and room.starts > self.now]
        coming.sort(key=lambda room: room.starts)
        if coming and not self._in_time(coming[0], by_staff=by_staff):
            return False
        for room in coming:
            self._stand_up(who, room)
        return True

    def move(self, who: int, room: Room, to: Room, *, by_staff: bool) -> bool:
        ranks = room.rank is None or room.rank == to.rank
        if who not in room.booked or room.workshop != to.workshop or room is to or not ranks:
            return False
        if not self._in_time(room, by_staff=by_staff):
            return False
        if self.against(who, to, moving=room) or to.free < 1:
            return False
        if who in room.whole:
            to.whole.add(who)
        self._sit(who, to, self.now)
        self._stand_up(who, room)
        return True

    def accept(self, who: int, room: Room, cycle: Collection[int] = ()) -> bool:
        if who not in room.offers or self.against(who, room, cycle=cycle, offers=False):
            return False
        offer = room.offers.pop(who)
        self.lines.remove(offer.line)
        self._sit(who, room, offer.made)
        return True

    def decline(self, who: int, room: Room) -> bool:
        """What was taken back before the answer came is declined all the same."""
        if who in room.offers:
            self._lose(who, room)
            self.settle(room)
        return True

    def wait(self, who: int, room: Room) -> bool:
        if any(line.person == who and line.room == room.number for line in self.lines):
            return True
        if self.against(who, room) or room.free > 0:
            return False
        self.lines.append(Line(who, room.workshop, room.number, self.now))
        return True

    def wait_any(self, who: int, workshop: int) -> bool:
        if any(
            line.person == who and line.workshop == workshop and line.room is None
            for line in self.lines
        ):
            return True
        if (who, workshop) not in self.opened:
            return False
        coming = [r for r in self.rooms if r.workshop == workshop and not r.gone(self.now)]
        against = {room.number: self.against(who, room) for room in coming}
        if any(no in ANOTHER_DATE for no in against.values()):
            return False
        if against and all(no == "whole cycle" for no in against.values()):
            return False
        if any(room.free > 0 and not against[room.number] for room in coming):
            return False
        self.lines.append(Line(who, workshop, None, self.now))
        return True

    def leave(self, line: Line) -> None:
        if not line.offered:
            self.lines.remove(line)

    # --- What a coordinator does, and time

    def resize(self, room: Room, seats: int) -> bool:
        if room.seats - room.free > seats:
            return False
        room.seats = seats
        self.settle(room)
        return True

    def call_off(self, room: Room) -> bool:
        if room.cancelled:
            return True
        if room.starts <= self.now:
            return False
        room.cancelled = True
        for who in sorted({*room.booked, *room.offers}):
            offer = room.offers.pop(who, None)
            since = offer.line.since if offer else room.booked.pop(who)
            room.whole.discard(who)
            if offer:
                self._release(offer.line)
            if not any(
                line.person == who and line.workshop == room.workshop and line.room is None
                for line in self.lines
            ):
                self.lines.append(Line(who, room.workshop, None, since))
        self.settle(room)
        return True

    def tick(self, now: datetime) -> None:
        """Every room, then again: a lapsed offer may be a chance elsewhere."""
        self.now = now
        for room in 2 * sorted(self.rooms, key=lambda room: (room.starts, room.number)):
            self.settle(room)

    def settle(self, room: Room) -> None:
        for who, offer in list(room.offers.items()):
            if room.gone(self.now) or offer.until <= self.now:
                self._lose(who, room)
        if room.gone(self.now):
            self.lines = [each for each in self.lines if each.room != room.number]
            return
        for who in list(room.offers):
            no = self.against(who, room, offers=False)
            if no:
                line = room.offers.pop(who).line
                line.offered = False
                if no in ANOTHER_DATE:
                    self.lines.remove(line)
        for line in sorted(self.lines, key=lambda line: line.since):  # stable: the first written
            if room.free < 1:
                break
            if self._may_be_offered(line, room):
                left = room.starts - self.now
                hold = max(timedelta(minutes=10), min(timedelta(hours=24), left / 4))
                until = min(self.now + hold, room.starts)
                line.offered = True
                room.offers[line.person] = Offer(until, self.now, line)

    # --- Means

    def against(  # noqa: PLR0911 - one answer a line
        self,
        who: int,
        room: Room,
        *,
        moving: Room | None = None,
        cycle: Collection[int] = (),
        offers: bool = True,
    ) -> str:
        """What stands against it but for the seats; empty when nothing does."""
        if room.gone(self.now):
            return "gone"
        if (who, room.workshop) not in self.opened:
            return "not opened"
        held = [
            each
            for each in self.rooms
            if each is not moving and (who in each.booked or (offers and who in each.offers))
        ]
        if room in held:
            return "same session"
        if any((each.workshop, each.rank) == (room.workshop, room.rank) for each in held):
            return "other date"
        if any(each.starts < room.ends and room.starts < each.ends for each in held):
            return "clash"
        if room.rank and room.number not in cycle and not self._follows(who, room):
            return "whole cycle"
        return ""

    def _follows(self, who: int, room: Room) -> bool:
        return any(
            each.workshop == room.workshop and each.rank and each is not room
            for each in self.rooms
            if who in each.booked
        )

    def _may_be_offered(self, line: Line, room: Room) -> bool:
        asked = line.room in (None, room.number) and line.workshop == room.workshop
        gave_up = room.gave_up.get(line.person)
        again = gave_up is None or gave_up < line.since
        return asked and again and not line.offered and not self.against(line.person, room)

    def _in_time(self, room: Room, *, by_staff: bool) -> bool:
        return self.now <= room.starts - (timedelta(0) if by_staff else NOTICE)

    def _sit(self, who: int, room: Room, made: datetime) -> None:
        room.booked[who] = made
        self.lines = [line for line in self.lines if not self._served(line, who, room)]

    def _served(self, line: Line, who: int, room: Room) -> bool:
        if line.person != who or line.workshop != room.workshop or line.offered:
            return False
        return line.room is None or self.rooms[line.room].rank == room.rank

    def _stand_up(self, who: int, room: Room) -> None:
        del room.booked[who]
        room.whole.discard(who)
        room.gave_up[who] = self.now
        self.settle(room)

    def _lose(self, who: int, room: Room) -> None:
        room.gave_up[who] = self.now
        self._release(room.offers.pop(who).line)

    def _release(self, line: Line) -> None:
        line.offered = False
        if line.room is not None:
            self.lines.remove(line)

    def state(self) -> Iterator[tuple[object, ...]]:
        """Everything that the rows of the engine must say too."""
        for room in self.rooms:
            yield room.number, room.seats, sorted(room.booked), sorted(room.offers)
        yield tuple(sorted((each.person, each.workshop, str(each.room)) for each in self.lines))
