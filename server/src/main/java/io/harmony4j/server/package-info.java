/**
 * A server of OpenAI's APIs in front of whatever generates.
 *
 * <p>{@link io.harmony4j.server.HarmonyServer} listens; what it serves is a {@link io.harmony4j.server.ServedModel}, a name and a
 * {@code TokenGenerator}; how it serves, {@link io.harmony4j.server.ServerOptions} say.
 *
 * <p>Inside, a request takes this way: {@code Routes} finds the endpoint, {@code Access} decides who may come in, {@code RequestBody}
 * reads the body, the endpoint reads the request on a worker thread and hands a job to {@code Slots}, where it waits for its turn. A job
 * generates on a thread of its own and writes through its {@code Exchange}: a whole answer, or an {@code EventStream}. Only the thread
 * of the event loop touches sockets. A client that goes away cancels its {@code Cancellation}, which the generator asks before each
 * token.
 */
@NullMarked
package io.harmony4j.server;

import org.jspecify.annotations.NullMarked;
