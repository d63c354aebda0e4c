package cnnkit.live;

import io.github.spencerpark.jupyter.kernel.comm.Comm;
import io.github.spencerpark.jupyter.kernel.comm.CommManager;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.comm.CommCloseCommand;
import io.github.spencerpark.jupyter.messages.comm.CommMsgCommand;

/** A page's end of a comm, under IJava. */
final class IJavaComm extends Comm {
    private final Kernel kernel;

    private IJavaComm(CommManager comms, String id, String target, Kernel kernel) {
        super(comms, id, target);
        this.kernel = kernel;
    }

    /** From now on pages may open comms; the message that opens one is a question, too. */
    static void listen(Object comms, Kernel kernel) {
        ((CommManager) comms).registerTarget(Kernel.TARGET, (manager, id, target, message) -> {
            IJavaComm comm = new IJavaComm(manager, id, target, kernel);
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
