package io.harmony4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Many clients on one thread: sockets that do not block, and timers. All by the thread that calls {@link #run}. */
final class LoadLoop implements AutoCloseable {
    private final InetSocketAddress server;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::due));

    private record Timer(long due, Runnable action) {}

    LoadLoop(InetSocketAddress server) throws IOException {
        this.server = server;
        this.selector = Selector.open();
    }

    /** What a client does. */
    interface Client {
        /** Hears that the connection is there, and may send. */
        void connected(Wire wire);

        /** Hears bytes; {@code bytes} is used again. */
        void received(byte[] bytes, int count);

        /** Hears that the server has closed the connection, or refused it. */
        void closed();
    }

    /** A connection of a client. */
    final class Wire {
        private final Client client;
        private final SocketChannel channel;
        private ByteBuffer unsent = ByteBuffer.allocate(0);
        private boolean isReading = true;

        private Wire(Client client, SocketChannel channel) {
            this.client = client;
            this.channel = channel;
        }

        /** Sends bytes after those that were to be sent before. */
        void send(byte[] bytes) {
            ByteBuffer all = ByteBuffer.allocate(unsent.remaining() + bytes.length);
            all.put(unsent).put(bytes).flip();
            unsent = all;
            write();
        }

        private void write() {
            try {
                channel.write(unsent);
                listen();
            } catch (IOException e) {
                fail();
            }
        }

        /** Reads from now on, or does not. */
        void read(boolean isWanted) {
            isReading = isWanted;
            listen();
        }

        private void listen() {
            SelectionKey key = channel.keyFor(selector);
            if (key != null && key.isValid() && channel.isConnected()) {
                key.interestOps(
                        (isReading ? SelectionKey.OP_READ : 0) | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0));
            }
        }

        /** Reads so many bytes at most; returns how many there were, -1 if the connection is closed. */
        int readSome(int limit) {
            try {
                return channel.read(ByteBuffer.allocate(limit));
            } catch (IOException e) {
                return -1;
            }
        }

        /** Sends no more, and can still read. */
        void endOutput() {
            try {
                channel.shutdownOutput();
            } catch (IOException e) {
                fail();
            }
        }

        private void fail() {
            close();
            client.closed();
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Opens a connection for a client. */
    Wire open(Client client, int receiveBuffer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (receiveBuffer > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        Wire wire = new Wire(client, channel);
        channel.register(selector, SelectionKey.OP_CONNECT, wire);
        channel.connect(server);
        return wire;
    }

    /** Does something after a while. */
    void after(double millis, Runnable action) {
        timers.add(new Timer(System.nanoTime() + (long) (millis * 1e6), action));
    }

    /** Lets all clients do what they do until something is so, or for a time at most. */
    void run(java.util.function.BooleanSupplier isDone, double maxSeconds) throws IOException {
        long end = System.nanoTime() + (long) (maxSeconds * 1e9);
        while (!isDone.getAsBoolean() && System.nanoTime() < end) {
            selector.select(this::ready, 5);
            while (!timers.isEmpty() && timers.peek().due() <= System.nanoTime()) {
                timers.remove().action().run();
            }
        }
    }

    private void ready(SelectionKey key) {
        Wire wire = (Wire) key.attachment();
        try {
            if (key.isConnectable() && wire.channel.finishConnect()) {
                wire.listen();
                wire.client.connected(wire);
            } else if (key.isWritable()) {
                wire.write();
            }
            if (key.isValid() && key.isReadable()) {
                buffer.clear();
                int count = wire.channel.read(buffer);
                if (count < 0) {
                    wire.fail();
                } else {
                    wire.client.received(buffer.array(), count);
                }
            }
        } catch (IOException e) {
            wire.fail();
        }
    }

    /** Closes all connections. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
