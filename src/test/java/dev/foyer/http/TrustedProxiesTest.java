package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real connections from 127.0.0.1, which is a trusted proxy or not. */
class TrustedProxiesTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Vertx vertx;
    private static int trusting;
    private static int distrusting;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        trusting = listen(new TrustedProxies(List.of(
                AddressRange.parse("127.0.0.0/8"), AddressRange.parse("10.1.0.0/16"), AddressRange.parse("fd00::/8"))));
        distrusting = listen(new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/8"))));
    }

    private static int listen(TrustedProxies proxies) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(request -> request.response().end(answer(proxies, request)))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private static String answer(TrustedProxies proxies, HttpServerRequest request) {
        return proxies.clientAddress(request).getAddress().getHostAddress() + " " + proxies.secure(request);
    }

    @AfterAll
    static void stop() throws Exception {
        HTTP.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static String ask(int port, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void nobodysWordCountsUnlessTheConnectionIsATrustedProxys() throws Exception {
        assertEquals(
                "127.0.0.1 false",
                ask(distrusting, "X-Forwarded-For", "203.0.113.1", "Forwarded", "for=203.0.113.1;proto=https"));
        assertEquals("127.0.0.1 false", ask(distrusting, "X-Forwarded-Proto", "https"));
        assertEquals("127.0.0.1 false", ask(trusting));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.1|203.0.113.1",
                "198.51.100.9, 203.0.113.1|203.0.113.1",
                "198.51.100.9, 203.0.113.1, 10.1.2.3|203.0.113.1",
                "203.0.113.1, 10.2.0.1|10.2.0.1",
                "203.0.113.1, fd00::1|203.0.113.1",
                "203.0.113.1:4711|203.0.113.1",
                "2001:db8::1|2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:4711|2001:db8:0:0:0:0:0:1",
                "::ffff:203.0.113.1|203.0.113.1",
                "10.1.0.1, 10.1.0.2|10.1.0.1",
                "nonsense, 203.0.113.1|203.0.113.1"
            })
    void theRightmostAddressThatIsNoProxysIsTheClients(String header, String client) throws Exception {
        assertEquals(client + " false", ask(trusting, "X-Forwarded-For", header));
    }

    @Test
    void headersOnSeveralLinesAreOneList() throws Exception {
        assertEquals(
                "203.0.113.1 false",
                ask(trusting, "X-Forwarded-For", "198.51.100.9", "X-Forwarded-For", "203.0.113.1, 10.1.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "203.0.113.1, ",
                "203.0.113.1, unknown",
                "203.0.113.1, 1.2",
                "203.0.113.1, 127.1",
                "203.0.113.1, 203.0.113.400",
                "203.0.113.1, localhost",
                "203.0.113.1, fe80::1%lo",
                "203.0.113.1, [::1",
                "203.0.113.1, 203.0.113.2:x",
                "203.0.113.1, 203.0.113.2:123456",
                "203.0.113.1; 203.0.113.2"
            })
    void aMalformedAddressMakesItTheProxysOwn(String header) throws Exception {
        assertEquals("127.0.0.1 false", ask(trusting, "X-Forwarded-For", header));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.1|203.0.113.1 false",
                "For=\"203.0.113.1:80\";Proto=HTTPS;by=10.1.0.1|203.0.113.1 true",
                "for=\"[2001:db8::1]:4711\"; proto=http|2001:db8:0:0:0:0:0:1 false",
                "for=198.51.100.9;proto=https, for=203.0.113.1|203.0.113.1 false",
                "for=198.51.100.9, for=203.0.113.1;proto=https, for=10.1.0.1;proto=https|203.0.113.1 true",
                "for=203.0.113.1;ext=\"a,b;for=6.6.6.6\"|203.0.113.1 false",
                "for=203.0.113.1, for=unknown|127.0.0.1 false",
                "for=203.0.113.1, for=_hidden|127.0.0.1 false",
                "for=203.0.113.1, proto=https|127.0.0.1 true",
                "for=\"203.0.113.1|127.0.0.1 false",
                "for=203.0.113.1 for=203.0.113.2|127.0.0.1 false",
                "=|127.0.0.1 false"
            })
    void readsTheStandardHeaderToo(String header, String answer) throws Exception {
        assertEquals(answer, ask(trusting, "Forwarded", header));
    }

    @Test
    void whereTheTwoHeadersDifferNeitherCounts() throws Exception {
        assertEquals(
                "127.0.0.1 false", ask(trusting, "X-Forwarded-For", "203.0.113.1", "Forwarded", "for=198.51.100.9"));
        assertEquals("127.0.0.1 false", ask(trusting, "X-Forwarded-For", "203.0.113.1", "Forwarded", "nonsense="));
        assertEquals(
                "203.0.113.1 false",
                ask(trusting, "X-Forwarded-For", "6.6.6.6, 203.0.113.1", "Forwarded", "for=203.0.113.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"https|true", "HTTPS|true", "http, https|true", "https, http|false", "httpss|false", "''|false"})
    void believesATrustedProxyThatTheRequestCameByTls(String header, boolean secure) throws Exception {
        assertEquals("127.0.0.1 " + secure, ask(trusting, "X-Forwarded-Proto", header));
    }

    @Test
    void aHeaderThatIsMeantToBeSlowIsReadAtOnce() {
        String spaces = " ".repeat(200_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            ForwardedHops.of(List.of(spaces + "!", "a=b" + spaces + "=", ";".repeat(200_000) + "="));
            ForwardedHops.ofLists(List.of(",".repeat(200_000), spaces + ","), List.of());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/0",
                "::/0",
                "10.0.0.0/-1",
                "10.0.0/8",
                "example.org",
                "10.0.0.1/x",
                "",
                "/8"
            })
    void aRangeIsAnAddressAndAPrefix(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
    }
}
