"""The course in Chinese."""

load_subconfig("../nbgrader_config.py")  # noqa: F821  given by Jupyter

c = get_config()  # noqa: F821
c.ClearSolutions.code_stub = {"java": '// 在这里写你的代码\nthrow new UnsupportedOperationException("还没有写");'}
c.ClearSolutions.text_stub = "在这里写你的回答"
