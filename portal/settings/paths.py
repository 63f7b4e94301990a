"""Where things are."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
DEMO_DIR = VAR_DIR / "demo"
