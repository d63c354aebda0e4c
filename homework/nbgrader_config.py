"""How nbgrader works here. The folders en and zh are a course each; nbgrader is started in one of them."""

import os
import sys
from pathlib import Path

# A course may be moved elsewhere: the variable then says where cnnkit is.
folders = [Path(os.environ["CNNKIT_HOME"])] if "CNNKIT_HOME" in os.environ else Path(__file__).resolve().parents
ROOT = next((folder for folder in folders if (folder / "lab.py").is_file()), None)
if ROOT is None:
    sys.exit("nbgrader_config.py: cnnkit is not here: set the environment variable CNNKIT_HOME to its folder, the one with lab.py")
sys.path.insert(0, str(ROOT))
import lab  # noqa: E402  finds Java, and the options that it needs

try:
    os.environ.update(lab.environment(lab.find_java()))
except lab.Problem as problem:
    sys.exit(f"nbgrader_config.py: {problem}")
if not lab.jar_is_up_to_date():
    sys.exit("nbgrader_config.py: the library is not built, or older than its sources: run  python3 lab.py build")
os.environ["CNNKIT_HOME"] = str(ROOT)  # read by the first cell of every homework
os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]  # nbgrader calls alembic by name

c = get_config()  # noqa: F821  given by Jupyter
c.CourseDirectory.course_id = "cnnkit"
c.GenerateAssignment.force = True  # release lies in the repository; it is made again, and the gradebook hears of it
c.ClearSolutions.code_stub = {"java": '// YOUR CODE HERE\nthrow new UnsupportedOperationException("not written yet");'}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"
c.KernelManager.update(lab.KERNEL_ENDS)
c.Execute.timeout = 600  # seconds for one cell: two of the homeworks train networks
