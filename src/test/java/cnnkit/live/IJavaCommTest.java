package cnnkit.live;

import com.google.gson.JsonObject;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;
import io.github.spencerpark.jupyter.messages.comm.CommOpenCommand;

/** Messages of a page, as IJava hands them over. */
class IJavaCommTest extends CommTests {
    private final CommManager comms = new CommManager() {
        @Override
        public void messageComm(String id, JsonObject data) {
            sent.add(id + " " + data);
        }
    };

    private IJavaComm comm;

    @Override
    void open(String text) throws Exception {
        kernelWithTwoPanels().listenTo(comms);
        Message<CommOpenCommand> open =
                new Message<>((Header<CommOpenCommand>) null, new CommOpenCommand("c", Kernel.TARGET, json(text)));
        comm = (IJavaComm) comms.getTarget(Kernel.TARGET).createComm(comms, "c", Kernel.TARGET, open);
    }

    @Override
    void say(String text) {
        comm.onMessage(new Message<>((Header<CommMsgCommand>) null, new CommMsgCommand("c", json(text))));
    }
}
