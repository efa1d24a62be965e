package dev.foyer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The map of docs/architecture.md as a test: which package may use what. */
@AnalyzeClasses(packages = "dev.foyer", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageMapTest {
    private static final String ROOT = "dev.foyer.";

    /** What every package may use: the JDK, JSpecify's annotations, the logging facade. */
    private static final List<String> EVERYBODY = List.of("java", "javax", "jdk", "org.jspecify", "org.slf4j");

    private static final String BOUNCYCASTLE = "org.bouncycastle";
    private static final String HAZELCAST = "com.hazelcast";
    private static final String ICE4J = "org.ice4j";
    private static final String JACKSON = "tools.jackson";
    /** Jackson 3 goes on using the annotations of Jackson 2. */
    private static final String JACKSON_ANNOTATIONS = "com.fasterxml.jackson.annotation";

    private static final String JITSI = "org.jitsi";
    private static final String NETTY = "io.netty";
    private static final String VERTX = "io.vertx";
    private static final String VERTX_REDIS = "io.vertx.redis";

    /**
     * A package with those below it that have no line of their own, and what it may use besides itself. Packages that
     * are not here may not exist; those that come later may be absent.
     */
    private static final Map<String, List<String>> MAP = Map.ofEntries(
            uses("protocol"),
            uses("protocol.rtp", "protocol", "protocol.rtcp"),
            uses("protocol.rtcp", "protocol", "protocol.rtp"),
            uses("protocol.stun", "protocol", ICE4J, JITSI),
            uses("protocol.ice", "protocol", "protocol.stun", ICE4J, JITSI),
            // The keys that a handshake exports are the ones that SRTP takes.
            uses("protocol.dtls", "protocol", "protocol.srtp", BOUNCYCASTLE),
            uses("protocol.srtp", "protocol", "protocol.rtp", JITSI),
            uses("protocol.sctp", "protocol"),
            uses("protocol.sdp", "protocol"),
            uses("ortc"),
            uses("sfu", "protocol", "protocol.*", "sfu.*", "ortc"),
            uses("sfu.negotiation", "ortc", "protocol.sdp"),
            uses("sfu.stream", "protocol", "protocol.rtp", "protocol.rtcp"),
            uses("sfu.congestion", "protocol", "protocol.rtp", "protocol.rtcp"),
            uses("limit"),
            uses("room", "ortc"),
            uses("dialect", "room", "limit", "ortc", "socketio", "auth", JACKSON, JACKSON_ANNOTATIONS),
            uses("dialect.signaling", "dialect", "room", "ortc", "socketio", "auth", JACKSON, JACKSON_ANNOTATIONS),
            uses("dialect.mediasoup", "dialect", "room", "ortc", "socketio", "auth", JACKSON, JACKSON_ANNOTATIONS),
            uses("dialect.webrtc", "dialect", "room", "ortc", "socketio", "auth", JACKSON, JACKSON_ANNOTATIONS),
            uses("dialect.guide", "dialect", "room", "ortc", "socketio", "auth", JACKSON, JACKSON_ANNOTATIONS),
            uses("dialect.call", "dialect", "room", "ortc", "socketio", "auth", JACKSON, JACKSON_ANNOTATIONS),
            // Vert.x stands on both: frames without a copy, and JSON read under limits of depth and length.
            uses("socketio", "limit", VERTX, NETTY, "tools.jackson.core"),
            // Decision 12: WHIP and WHEP speak SDP in the bodies of requests. Decision 13: the room API is half a
            // dialect. Decision 16: what a role may do is said once, in dialect.
            uses("http", VERTX, "limit", "room", "ortc", "auth", "protocol.sdp", "dialect", "dialect.mediasoup"),
            // The port that it implements speaks in the records of ortc, its sockets carry what protocol reads.
            uses("media", VERTX, NETTY, "sfu", "sfu.*", "room", "ortc", "protocol", "protocol.*"),
            uses("cluster", HAZELCAST, VERTX, "room", "sfu"),
            uses("redis", VERTX_REDIS, VERTX, "room", "socketio"),
            uses("webhook", VERTX, "room"),
            uses("recording", "room", "sfu", "sfu.*", "protocol", "protocol.*"),
            uses("auth", "io.vertx.core"),
            uses("app", "*"));

    @ArchTest
    static final ArchRule classesUseOnlyWhatTheMapAllows =
            classes().should(new StandOnTheMap()).as("classes use only what the map allows");

    @ArchTest
    static final ArchRule packagesAreNamedForWhatTheyAreAbout = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..", "..helper..");

    @ArchTest
    static final ArchRule theHotPathUsesNeitherStreamsNorOptional = noClasses()
            .that(markedHotPath())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.stream")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Optional.class)
            .allowEmptyShould(true);

    private static Map.Entry<String, List<String>> uses(String name, String... allowed) {
        return Map.entry(name, List.of(allowed));
    }

    private static DescribedPredicate<JavaClass> markedHotPath() {
        return DescribedPredicate.describe(
                "are annotated with @HotPath",
                type -> type.getAnnotations().stream()
                        .map(JavaAnnotation::getRawType)
                        .anyMatch(annotation -> annotation.getSimpleName().equals("HotPath")));
    }

    private static final class StandOnTheMap extends ArchCondition<JavaClass> {
        StandOnTheMap() {
            super("stand on the map");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (type.getPackageName().equals("dev.foyer")) {
                return;
            }
            Optional<String> line = line(type);
            if (line.isEmpty()) {
                events.add(SimpleConditionEvent.violated(
                        type, type.getName() + " is in a package that is not on the map"));
                return;
            }
            List<String> allowed = MAP.get(line.get());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!target.isPrimitive() && !mayUse(line.get(), allowed, target)) {
                    events.add(SimpleConditionEvent.violated(
                            type,
                            "%s may not use %s: %s"
                                    .formatted(line.get(), target.getPackageName(), dependency.getDescription())));
                }
            }
        }

        /** The most specific line of the map that a class of ours falls under. */
        private static Optional<String> line(JavaClass type) {
            if (!type.getPackageName().startsWith(ROOT)) {
                return Optional.empty();
            }
            String name = type.getPackageName().substring(ROOT.length());
            return Stream.iterate(
                            name,
                            rest -> !rest.isEmpty(),
                            rest -> rest.substring(0, Math.max(0, rest.lastIndexOf('.'))))
                    .filter(MAP::containsKey)
                    .findFirst();
        }

        private static boolean mayUse(String own, List<String> allowed, JavaClass target) {
            if (target.getPackageName().startsWith(ROOT)) {
                return line(target)
                        .filter(name -> name.equals(own) || matches(allowed, name))
                        .isPresent();
            }
            return allowed.contains("*")
                    || Stream.concat(EVERYBODY.stream(), allowed.stream())
                            .anyMatch(prefix -> isIn(prefix, target.getPackageName()));
        }

        private static boolean matches(List<String> allowed, String name) {
            return allowed.contains("*")
                    || allowed.contains(name)
                    || allowed.stream()
                            .anyMatch(pattern -> pattern.endsWith(".*")
                                    && name.startsWith(pattern.substring(0, pattern.length() - 1)));
        }

        private static boolean isIn(String prefix, String packageName) {
            return packageName.equals(prefix) || packageName.startsWith(prefix + ".");
        }
    }
}
