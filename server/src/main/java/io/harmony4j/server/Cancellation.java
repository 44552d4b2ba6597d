package io.harmony4j.server;

import io.harmony4j.openai.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what a request asked for is still wanted. Once cancelled it stays so; the first cause counts. Thread-safe. */
final class Cancellation {
    private volatile boolean isCancelled;
    private @Nullable ApiException cause;
    private List<Runnable> actions = new ArrayList<>();

    /**
     * Cancels.
     *
     * @param why what the client is to be told; null if it is gone, or asked for this itself
     */
    void cancel(@Nullable ApiException why) {
        List<Runnable> due;
        synchronized (this) {
            if (isCancelled) {
                return;
            }
            cause = why;
            isCancelled = true;
            due = actions;
            actions = List.of();
        }
        due.forEach(Runnable::run);
    }

    /** Returns whether it is cancelled. */
    boolean isCancelled() {
        return isCancelled;
    }

    /** Returns what the client is to be told; null if nothing. */
    synchronized @Nullable ApiException cause() {
        return cause;
    }

    /** Does something when it is cancelled, by the thread that cancels; at once if it is cancelled already. */
    void onCancel(Runnable action) {
        synchronized (this) {
            if (!isCancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
