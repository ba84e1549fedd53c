"""Every number that the reading of a session rests on, by subject, each with its unit and what it rests on. Pure.

A comment over each says first what it means, and then one of these, of which the last is the weakest:

- ``Measured:`` on which footage, or how many sessions;
- ``Source:`` the literature;
- ``Protocol:`` what the protocol, or how the massage is taught, asks for;
- ``Derived:`` arithmetic on another one;
- ``Chosen:`` by judgement, with the bounds that are known, if any.
"""
