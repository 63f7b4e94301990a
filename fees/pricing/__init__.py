"""Pricing a backlog of acts on files alone: read a directory, fold the rules over it, write lines.

`backlog` reads and checks the sheets, `fold` decides the acts in the order of their entry,
`lines` writes the verdicts. The rule itself is in `fees.rules`, and only there.
"""
