"""What the product promises about its speed, measured: `make bench`.

Everything is a ratio of two things measured in turns in the same run, so that a slow or a busy machine
makes both slow. Nothing here is a test: a number that depends on a machine must not decide whether a change
is good.
"""
