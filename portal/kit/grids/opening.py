"""A statement's bytes as a grid: what the file is says its content, never its name.

Bounded before anything is unpacked: size, then what an archive announces, then what comes out.
"""

import zipfile
from io import BytesIO

from .delimited import read_delimited
from .grid import Grid, Refused
from .workbook import read_workbook

MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 80 * 2**20
MOST_PARTS = 1_000

STRANGE = (
    (b"%PDF", "C’est un PDF. Envoyez le tableur d’origine (.xlsx ou .csv)."),
    (
        b"\xd0\xcf\x11\xe0",
        (
            "C’est un ancien classeur (.xls) ou un classeur protégé par un mot de passe. "
            "Enregistrez-le au format .xlsx, sans mot de passe."
        ),
    ),
    (b"\x89PNG", "C’est une image. Envoyez le tableur d’origine (.xlsx ou .csv)."),
    (b"\xff\xd8\xff", "C’est une photo. Envoyez le tableur d’origine (.xlsx ou .csv)."),
    (b"{\\rtf", "C’est un texte mis en forme. Envoyez le tableur d’origine (.xlsx ou .csv)."),
    (b"\x1f\x8b", "C’est une archive. Envoyez le fichier seul, sans le compresser."),
    (b"Rar!", "C’est une archive. Envoyez le fichier seul, sans le compresser."),
    (b"7z\xbc\xaf", "C’est une archive. Envoyez le fichier seul, sans le compresser."),
    (b"MZ", "C’est un programme : il n’a pas été ouvert."),
    (b"\x7fELF", "C’est un programme : il n’a pas été ouvert."),
)
MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table")


def open_grid(content: bytes) -> Grid:
    """The sheets of a file, as texts. Raises Refused, in a second whatever the bytes."""
    if not content.strip():
        raise Refused("Le fichier est vide.")
    if len(content) > MOST_BYTES:
        raise Refused("Le fichier dépasse 10\u00a0Mo. Un relevé d’un mois en fait bien moins.")
    if content.startswith(b"PK"):
        return _unpacked(content)
    for start, why in STRANGE:
        if content.startswith(start):
            raise Refused(why)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith(MARKUP):
        raise Refused(
            "C’est une page web ou du XML sous un nom de tableur. "
            "Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx."
        )
    return read_delimited(content)


def _unpacked(content: bytes) -> Grid:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
            raise Refused(
                "Une fois décompressé, ce classeur est démesuré : il n’a pas été ouvert. "
                "Copiez le tableau dans un fichier neuf."
            )
        names = {each.filename for each in parts}
        if any(each.flag_bits & 1 for each in parts):
            raise Refused("Ce fichier est protégé par un mot de passe. Retirez-le.")
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Refused(
                "Ce classeur contient des macros. Enregistrez-le au format .xlsx, sans macro."
            )
        if "xl/workbook.bin" in names:
            raise Refused("C’est un classeur binaire (.xlsb). Enregistrez-le au format .xlsx.")
        if "content.xml" in names:
            raise Refused(
                "C’est un classeur OpenDocument (.ods). Enregistrez-le en .xlsx ou en .csv."
            )
        if "word/document.xml" in names:
            raise Refused("C’est un document de traitement de texte. Envoyez un tableur.")
        if "xl/workbook.xml" not in names:
            raise Refused("C’est une archive. Envoyez le fichier seul, sans le compresser.")
        return read_workbook(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise Refused(
            "Ce classeur est abîmé. Ouvrez-le dans votre tableur et enregistrez-le de nouveau."
        ) from error
