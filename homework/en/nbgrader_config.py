"""The course in English."""

load_subconfig("../nbgrader_config.py")  # noqa: F821  given by Jupyter
