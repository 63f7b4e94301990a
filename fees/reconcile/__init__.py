"""Statement against acts: what was claimed, what the portal holds, and every difference in words.

`reading` gives each cell a meaning, `identity` says who a line speaks of, `pairing` joins lines
and acts one to one, `verdicts` names what is left; `engine.reconcile` runs them in that order.
Pure functions over frames: neither database nor framework.
"""
