package cnnkit.live;

import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;

/** A page's end of a comm, under JJava. */
final class JJavaComm extends Comm {
    private final Kernel kernel;

    private JJavaComm(CommManager comms, String id, String target, Kernel kernel) {
        super(comms, id, target);
        this.kernel = kernel;
    }

    /** From now on pages may open comms; the message that opens one is a question, too. */
    static void listen(Object comms, Kernel kernel) {
        ((CommManager) comms).registerTarget(Kernel.TARGET, (manager, id, target, message) -> {
            JJavaComm comm = new JJavaComm(manager, id, target, kernel);
            kernel.received(comm, message.getContent());
            return comm;
        });
    }

    @Override
    protected void onMessage(Message<CommMsgCommand> message) {
        kernel.received(this, message.getContent());
    }

    @Override
    protected void onClose(Message<CommCloseCommand> message, boolean sending) {}
}
