package io.harmony4j.bench;

import java.util.List;

/** A listener that writes down all that it hears. */
record Notes(List<String> heard) implements Listener {
    @Override
    public void progress(String what, double share) {
        heard.add(what);
    }

    @Override
    public void result(String text) {
        heard.add(text);
    }
}
