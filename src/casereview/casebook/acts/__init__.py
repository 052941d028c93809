"""What may be done to a casebook: one function an act of a user, each in one transaction with its audit event.

There is no other way to write. An act that finds nothing to do writes nothing, no event either.
"""
