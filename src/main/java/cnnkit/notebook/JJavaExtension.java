package cnnkit.notebook;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;

/** What JJava finds in our jar and runs when the jar arrives; learners need not call it. */
public final class JJavaExtension implements Extension {
    /** Called by the kernel. */
    public JJavaExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        try {
            Notebook.install(JavaKernel.of(kernel, BaseNotebookStatics.class));
        } catch (Exception | LinkageError e) { // a notebook without pictures is better than none
            System.err.println("cnnkit: figures and tables will show as plain text: " + e);
        }
    }
}
