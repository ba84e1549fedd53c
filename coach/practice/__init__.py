"""Live practice: joins camera, detector, core, tutor, store and page. With :mod:`coach.wiring` it alone knows them all.

One thread does the coaching. It takes the newest picture, finds the hands, follows the back, tells the page, asks the
tutor, and in between obeys what the page said. The reading of what was done so far runs in a process of its own.
"""
