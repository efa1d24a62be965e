package dev.foyer.webhook;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The letters that wait for one endpoint, in a file that only grows until most of it is about letters that left: then
 * those that wait are written anew. A line is one JSON object, a letter or the id of one that left. A line that a crash cut
 * short counts for nothing.
 *
 * <p>Blocks. One thread at a time.
 */
final class Outbox implements Closeable {
    private static final String TEMPORARY = ".new";
    /** Below this size a file is not worth writing anew. */
    private static final long LEAST_COMPACTED_BYTES = 256 << 10;

    private final Path file;
    private final Map<String, Letter> waiting = new LinkedHashMap<>();
    private FileChannel channel;
    private long fileBytes;
    private long waitingBytes;

    /** Opens the file, or makes it. */
    Outbox(Path file) throws IOException {
        this.file = file;
        Files.deleteIfExists(temporary());
        if (Files.exists(file)) {
            for (String line : completeLines(file)) {
                read(line);
            }
        }
        this.channel = writeAnew();
    }

    /** What waits, in the order in which it came. */
    List<Letter> waiting() {
        return List.copyOf(waiting.values());
    }

    /** Its size on disk. */
    long fileBytes() {
        return fileBytes;
    }

    /** Keeps letters: once this returns, they outlive the process and the machine's next loss of power. */
    void add(List<Letter> letters) throws IOException {
        for (Letter letter : letters) {
            byte[] line = line(letter);
            write(line);
            if (waiting.put(letter.id(), letter) == null) {
                waitingBytes += line.length;
            }
        }
        channel.force(false);
    }

    /** Forgets a letter. Should the machine lose its power now, the letter may come back. */
    void remove(Letter letter) throws IOException {
        if (waiting.remove(letter.id()) == null) {
            return;
        }
        waitingBytes -= line(letter).length;
        if (fileBytes > LEAST_COMPACTED_BYTES && fileBytes > 2 * waitingBytes) {
            channel.close();
            channel = writeAnew();
        } else {
            write(bytes(new JsonObject().put("left", letter.id())));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(byte[] line) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        fileBytes += line.length;
    }

    /** Replaces the file by one with only what waits; at every moment one of the two is whole. */
    private FileChannel writeAnew() throws IOException {
        Path temporary = temporary();
        waitingBytes = 0;
        try (FileChannel fresh = open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (Letter letter : waiting.values()) {
                byte[] line = line(letter);
                ByteBuffer buffer = ByteBuffer.wrap(line);
                while (buffer.hasRemaining()) {
                    fresh.write(buffer);
                }
                waitingBytes += line.length;
            }
            fresh.force(true);
        }
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
        fileBytes = waitingBytes;
        return open(file, StandardOpenOption.APPEND);
    }

    private Path temporary() {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    private void read(String line) {
        JsonObject json;
        try {
            json = new JsonObject(line);
        } catch (DecodeException _) {
            return;
        }
        if (json.getValue("left") instanceof String left) {
            waiting.remove(left);
        } else if (json.getValue("id") instanceof String id
                && json.getValue("at") instanceof Number at
                && json.getValue("path") instanceof String path
                && json.getValue("body") instanceof String body) {
            waiting.put(id, new Letter(id, at.longValue(), path, body));
        }
    }

    private static List<String> completeLines(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        return lines;
    }

    private static byte[] line(Letter letter) {
        return bytes(new JsonObject()
                .put("id", letter.id())
                .put("at", letter.atMillis())
                .put("path", letter.path())
                .put("body", letter.body()));
    }

    private static byte[] bytes(JsonObject json) {
        return (json.encode() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Only the server's own user reads it: it names people. */
    private static FileChannel open(Path path, StandardOpenOption first, StandardOpenOption... more)
            throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(first, more);
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return FileChannel.open(path, options);
        }
        FileAttribute<Set<PosixFilePermission>> own =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return FileChannel.open(path, options, own);
    }
}
