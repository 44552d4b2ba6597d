package io.harmony4j.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a server's connections, to close one whose client does not read. Vert.x closes a connection when all is written that is
 * on its way, which is never if the client does not read it. Apart from knowing them, this is Vert.x's usual transport. Thread-safe.
 */
final class Sockets implements Transport {
    private final Transport nio = io.vertx.core.transport.Transport.NIO.implementation();

    /** By the address of the client. */
    private final Map<String, Channel> open = new ConcurrentHashMap<>();

    private volatile boolean isClosing;

    /** Closes the socket of a connection; what is not written yet is lost. */
    void close(HttpConnection connection) {
        SocketAddress client = connection.remoteAddress();
        Channel channel = client == null ? null : open.get(client.hostAddress() + " " + client.port());
        if (channel != null) {
            close(channel);
        }
    }

    /** Lets each connection end with its next answer. */
    void closeSoon() {
        isClosing = true;
    }

    /** Returns whether connections end with their next answers. */
    boolean isClosing() {
        return isClosing;
    }

    private static void close(Channel channel) {
        channel.eventLoop().execute(() -> channel.unsafe().close(channel.newPromise()));
    }

    private void add(Channel channel) {
        if (channel.remoteAddress() instanceof InetSocketAddress client) {
            String address = client.getAddress().getHostAddress() + " " + client.getPort();
            open.put(address, channel);
            channel.closeFuture().addListener(closed -> open.remove(address, channel));
        }
    }

    /** Tells which connections a server has taken. */
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (accepted instanceof Channel channel) {
                add(channel);
            }
            context.fireChannelRead(accepted);
        }
    }

    /** Returns Vert.x's transport that tells these sockets of its connections. */
    io.vertx.core.transport.Transport transport() {
        return new io.vertx.core.transport.Transport() {
            @Override
            public String name() {
                return "nio";
            }

            @Override
            public boolean available() {
                return true;
            }

            @Override
            public @Nullable Throwable unavailabilityCause() {
                return null;
            }

            @Override
            public Transport implementation() {
                return Sockets.this;
            }
        };
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        nio.configure(options, domainSocket, bootstrap);
        bootstrap.handler(new Acceptor());
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return nio.ioHandlerFactory();
    }

    @Override
    public DatagramChannel datagramChannel() {
        return nio.datagramChannel();
    }

    @Override
    @SuppressWarnings("deprecation") // the interface has it
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return nio.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return nio.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return nio.serverChannelFactory(domainSocket);
    }
}
