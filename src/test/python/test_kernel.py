"""The Java kernel as lab.py starts it: what it says where cells run in another order, or behind a training that was stopped."""

import sys

import pytest
from support import NOTEBOOKS, ROOT, code_cells, read, source

sys.path.insert(0, str(ROOT))
import lab as kit  # noqa: E402
from jupyter_client.manager import start_new_kernel  # noqa: E402

SETUP = source(code_cells(read(NOTEBOOKS / "en" / "7.5-simple-conv-net.ipynb"))[0])


class Kernel:
    def __init__(self, folder):
        kit.set_up()
        self.manager, self.client = start_new_kernel(kernel_name="java", cwd=str(folder), env=kit.environment(kit.find_java()))

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def begin(self, code):
        return self.client.execute(code)

    def told(self, message, patience=120):
        """All that a cell prints, in the order in which it comes, and the words of an error."""
        said = ""
        while True:
            answer = self.client.get_iopub_msg(timeout=patience)
            if answer["parent_header"].get("msg_id") != message:
                continue
            content = answer["content"]
            said += content.get("text", "") + content.get("evalue", "")
            if content.get("execution_state") == "idle":
                return said

    def run(self, code):
        return self.told(self.begin(code))


# What HotSpot's compilers have been told (jcmd Compiler.directives_print).
DIRECTIVES = """
System.out.println(java.lang.management.ManagementFactory.getPlatformMBeanServer().invoke(
        new javax.management.ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerDirectivesPrint", null, null));
"""


@pytest.fixture
def kernel(tmp_path):
    kernel = Kernel(tmp_path)
    yield kernel
    kernel.close()


def test_a_cell_from_the_middle_leads_to_the_cells_above(kernel):
    assert "not there yet: Network. Run the cells above first" in kernel.run("Network network = null;")
    assert kernel.run(SETUP) == "", "the first cell says nothing, also where the jars are there already"
    assert "not there yet: images. Run the cells above first" in kernel.run("var x = images.image(0);")
    assert kernel.run(SETUP) == "", "and nothing when it runs once more"
    assert "com/sun/tools/javac" in kernel.run(DIRECTIVES), "and the compiler of the cells costs less"


# A training of 60 steps that takes 50 ms more for each, so that there is time to stop it.
SLOW = """
var live = new LiveTraining();
Progress.Listener slow = progress -> {
    live.progress(progress);
    java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
};
var trainer = new Trainer(SimpleConvNet.create(1), Mnist.load().train().take(6_000)).listener(slow);
"""


def test_the_cells_behind_a_training_that_was_stopped_say_so(kernel):
    kernel.run(SETUP)
    kernel.run(SLOW)
    training = kernel.begin("var history = trainer.train();")
    behind = [kernel.begin(code) for code in ("Thread.sleep(1500);", "int one = 1; int two = 2;", "claim(\"it has learned\", false);")]
    while kernel.client.get_iopub_msg(timeout=120)["msg_type"] != "display_data":
        pass
    kernel.manager.interrupt_kernel()
    kernel.told(training)
    said = [kernel.told(each) for each in behind]
    assert all("the training was interrupted after step" in each and "resume() goes on" in each for each in said[1:]), said
    assert said[1].count("interrupted after") == 1
    assert "claim fails: it has learned" in said[2]
    assert kernel.run("trainer.resume();") == ""
    assert kernel.run("int three = 3;") == ""
