package cnnkit.live;

import com.google.gson.JsonObject;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.jupyter.messages.comm.CommOpenCommand;

/** Messages of a page, as JJava hands them over. */
class JJavaCommTest extends CommTests {
    private final CommManager comms = new CommManager() {
        @Override
        public void messageComm(String id, JsonObject data) {
            sent.add(id + " " + data);
        }
    };

    private JJavaComm comm;

    @Override
    void open(String text) throws Exception {
        kernelWithTwoPanels().listenTo(comms);
        Message<CommOpenCommand> open =
                new Message<>((Header<CommOpenCommand>) null, new CommOpenCommand("c", Kernel.TARGET, json(text)));
        comm = (JJavaComm) comms.getTarget(Kernel.TARGET).createComm(comms, "c", Kernel.TARGET, open);
    }

    @Override
    void say(String text) {
        comm.onMessage(new Message<>((Header<CommMsgCommand>) null, new CommMsgCommand("c", json(text))));
    }
}
