from tests.cards import cards

__all__ = ["cards"]
