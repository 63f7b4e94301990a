"""The rules of the training room: pure functions over plain values, without a framework."""
