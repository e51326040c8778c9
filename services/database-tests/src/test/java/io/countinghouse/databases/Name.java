package io.countinghouse.databases;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The name of a database's primary, such as a Service: one address that leads to one server, and later to another. */
final class Name implements AutoCloseable {

    private final ServerSocket address = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
    private volatile int target;

    Name(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return address.getLocalPort();
    }

    /** From now on; connections that there are stay where they are. */
    void leadTo(int port) {
        target = port;
    }

    /** What is sent over the connections that there are arrives nowhere any more; new ones work. */
    void loseConnections() {
        silent.addAll(open);
    }

    private void accept() {
        while (!address.isClosed()) {
            try {
                Socket client = address.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                if (!address.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            Thread back = Thread.ofVirtual().start(() -> copy(server, client));
            copy(client, server);
            back.join();
        } catch (IOException e) {
            // The server is gone, and with it the connection: what the client has to find out.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                if (!silent.contains(from)) {
                    out.write(some, 0, read);
                }
            }
        } catch (IOException e) {
            // Either end has closed it.
        }
    }

    @Override
    public void close() throws IOException {
        address.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
