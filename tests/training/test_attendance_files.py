"""Attendance files as the platforms write them, in the encodings of real life."""

import io
from datetime import UTC, datetime

import pandas as pd
import pytest

from training.imports.attendance import Unreadable, folded_name, read_attendance

AROUND = datetime(2026, 12, 9, 19, 30, tzinfo=UTC)
JOINED, LEFT = (
    datetime(2026, 12, 9, 19, 28, 3, tzinfo=UTC),
    datetime(2026, 12, 9, 20, 31, tzinfo=UTC),
)
ZOOM = """Meeting ID,Topic,Start Time,End Time
999 0000 0000,COVID long,12/09/2026 08:15:00 PM,12/09/2026 09:40:00 PM

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Élise Noyer,elise@example.org,12/09/2026 08:28:03 PM,12/09/2026 09:31:00 PM,63,No
"""
ZOOM_FR = """Nom (nom d’origine);E-mail de l’utilisateur;Heure d’arrivée;Heure de départ;Durée
Élise Noyer;Elise@example.org;09/12/2026 20:28:03;09/12/2026 21:31:00;63
"""
TEAMS = """1. Summary
Meeting title\tCOVID long

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail
Élise Noyer\t12/9/26, 8:28:03 PM\t12/9/26, 9:31:00 PM\t1h 3m\telise@example.org

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Élise Noyer\t12/9/26, 8:28:03\u202fPM\t12/9/26, 9:31:00\u202fPM\t1h 3m\telise@example.org\tAttendee
"""
BBB = """Name,Moderator,Activity Score,Talk time,Join,Left,Duration
Élise Noyer,FALSE,2,00:01:10,2026-12-09T19:28:03+00:00,2026-12-09T20:31:00+00:00,01:02:57
"""


BBB_QUOTED = """Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,\
Raise Hands,Join,Left,Duration,Poll 1
"Élise Noyer","FALSE","2.5","00:01:10","-","3","0","1","0","09/12/2026 20:28:03",\
"09/12/2026 21:31:00","01:02:57","A"
"Anonymous","","","","","","","","","","","","B
A"
"""
BBB_FR = """Nom,Modérateur,Résultats pour l'activité,Temps de conversation,\
Temps de partage de caméra,Messages,Réactions,Votes du sondage,Mains levées,Rejoindre,Quitté,Durée
"Élise Noyer","FALSE","2,5","00:01:10","-","3","0","1","0","09/12/2026 20:28:03",\
"09/12/2026 21:31:00","01:02:57"
"Anonyme","","","","","","","","","","",""
"""
ZOOM_ONE_TABLE = """Topic,ID,Name,User Email,Start Time,End Time,Participants,Name (Original Name),\
User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room
COVID long,999 0000 0000,Réseau,reseau@example.org,09/12/2026 20:15,09/12/2026 21:40,2,\
Élise Noyer,elise@example.org,09/12/2026 20:20:00,09/12/2026 20:28:03,8,No,,Yes
COVID long,999 0000 0000,Réseau,reseau@example.org,09/12/2026 20:15,09/12/2026 21:40,2,\
Élise Noyer,elise@example.org,09/12/2026 20:28:03,09/12/2026 21:31:00,63,No,,No
"""
TEAMS_UTC = """1. Résumé
Titre\tCOVID long

2. Participants
Nom\tPremière entrée\tDernière sortie\tDurée\tE-mail

3. Activités pendant la réunion
Name\tJoin Time (UTC)\tLeave Time (UTC)\tDuration\tEmail\tRole
"Élise Noyer"\t12/9/2026, 7:28:03 PM\t12/9/2026, 8:31:00 PM\t1h 3m\telise@example.org\tAttendee
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize(
    "text",
    [ZOOM, ZOOM_FR, ZOOM_ONE_TABLE, TEAMS, TEAMS_UTC, BBB, BBB_QUOTED, BBB_FR],
    ids=["zoom", "fr", "zoom-one", "teams", "teams-utc", "bbb", "bbb-quoted", "bbb-fr"],
)
def test_same_stay_in_every_file_and_encoding(text: str, encoding: str) -> None:
    if encoding == "cp1252":
        text = text.replace("\u202f", " ")  # not in that alphabet
    data = text.replace("\n", "\r\n").encode(encoding)
    [line] = read_attendance(data, around=AROUND)
    assert (line.name, line.joined, line.left) == ("Élise Noyer", JOINED, LEFT)
    assert line.email in {"elise@example.org", ""}


def test_workbook() -> None:
    arrived = datetime.fromisoformat("2026-12-09 20:28:03")
    rows = [
        ["Name", "Email", "Join Time", "Leave Time"],
        ["Élise Noyer", "elise@example.org", arrived, "09/12/2026 21:31"],
    ]
    file = io.BytesIO()
    pd.DataFrame(rows).to_excel(file, header=False, index=False, engine="xlsxwriter")
    [line] = read_attendance(file.getvalue(), around=AROUND)
    assert (line.joined, line.left) == (JOINED, LEFT)


HEAD = "Name,Join Time,Leave Time\n"


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", None, "Aucun tableau"),
        (b"Name,Email\nA,a@example.org\n", None, "Aucun tableau"),
        (HEAD.encode(), 1, "vide"),
        ((HEAD + "A,09/12/2026 20:28,09/12/2026 20:20\n").encode(), 2, "précède"),
        ((HEAD + "A,09/12/2026 20:28,\n").encode(), 2, "manque"),
        ((HEAD + "A,09/12/2026 20:28,-\n").encode(), 2, "une fois la rencontre finie"),
        ((HEAD + "Anonymous,,\n").encode(), 1, "vide"),
        ((HEAD + "Anonymous,,\nA,09/12/2026 20:28,09/12/2026 20:29\n").encode(), 2, "manque"),
        ((HEAD + "A,hier,09/12/2026 20:20\n").encode(), 2, "hier"),
        ((HEAD + "A,08/11/2026 20:28,08/11/2026 20:30\n").encode(), 2, "cette rencontre"),
        (
            (
                HEAD + "A,09/12/2026 20:28,09/12/2026 20:40\n,09/12/2026 20:28,09/12/2026 20:40\n"
            ).encode(),
            3,
            "ni nom",
        ),
        ((HEAD + 'A,"09/12/2026 20:28\n').encode(), None, "mal formé"),
        (b"PK\x03\x04rien", None, "ne s’ouvre pas"),
        (b"Name,Join Time,Leave Time\nA\x81,x,y\n", None, "encodage"),
    ],
)
def test_file_is_refused_whole_with_its_line(data: bytes, line: int | None, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refusal:
        read_attendance(data, around=AROUND)
    assert refusal.value.line == line


def test_names_are_compared_without_accent_case_nor_order() -> None:
    assert folded_name("Élise NOYER") == folded_name("Noyer Elise")
