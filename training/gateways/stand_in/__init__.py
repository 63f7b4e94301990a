"""A card service of our own, for the demo and the tests: no account, no network, no real money.

It speaks the part of Stripe's API that the portal uses, and is asked through the real library. It
stands on the loopback address alone and refuses to start beside a real installation.
"""
