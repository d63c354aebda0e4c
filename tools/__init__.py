"""What the keepers of cnnkit call, one module for each command: python3 lab.py twins starts tools/twins.py.

A tool has two functions: add_options(parser) says what may stand behind its name, run(options) does the work and gives the
exit code. Tools import lab for Java, Maven and the set-up; lab.py knows their names only, and loads the one asked for.
"""
