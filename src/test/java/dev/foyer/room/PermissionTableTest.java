package dev.foyer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PermissionTableTest {
    private static final RoomTypeSettings MANSION = RoomTypeSettings.defaults(RoomType.MANSION);

    /** Which commands only one type of rooms knows. */
    private static final Map<String, RoomType> ONLY_IN = Map.of(
            "SetPlayback", RoomType.CINEMA,
            "ReportDrift", RoomType.CINEMA,
            "InviteOnStage", RoomType.CINEMA,
            "StandOnStage", RoomType.CINEMA,
            "CreateInvitation", RoomType.PRIVATE,
            "RevokeInvitation", RoomType.PRIVATE);

    /** Which permissions each command takes; of several lists one is enough. Nothing: none are needed. */
    private static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("Join", ""),
            Map.entry("Leave", ""),
            Map.entry("Suspend", ""),
            Map.entry("Return", ""),
            Map.entry("CreateTransport", "PUBLISH or SUBSCRIBE"),
            Map.entry("ConnectTransport", "PUBLISH or SUBSCRIBE"),
            Map.entry("RestartIce", "PUBLISH or SUBSCRIBE"),
            Map.entry("GetStats", "PUBLISH or SUBSCRIBE"),
            Map.entry("Produce", "PUBLISH"),
            Map.entry("ResumeProducer", "PUBLISH"),
            Map.entry("PauseProducer", ""),
            Map.entry("CloseProducer", ""),
            Map.entry("GetProducers", ""),
            Map.entry("Consume", "SUBSCRIBE"),
            Map.entry("ResumeConsumer", "SUBSCRIBE"),
            Map.entry("SetPreferredLayers", "SUBSCRIBE"),
            Map.entry("SetPriority", "SUBSCRIBE"),
            Map.entry("RequestKeyFrame", "SUBSCRIBE"),
            Map.entry("PauseConsumer", ""),
            Map.entry("CloseConsumer", ""),
            Map.entry("Signal", "PUBLISH and SUBSCRIBE"),
            Map.entry("Negotiate", "PUBLISH or SUBSCRIBE"),
            Map.entry("Publish", "PUBLISH"),
            Map.entry("Subscribe", "SUBSCRIBE"),
            Map.entry("ModeReady", ""),
            Map.entry("ReportLink", "PUBLISH or SUBSCRIBE"),
            Map.entry("RequestMode", "PUBLISH or SUBSCRIBE"),
            Map.entry("UpdatePeer", ""),
            Map.entry("ShareScreen", "PUBLISH"),
            Map.entry("Chat", ""),
            Map.entry("RaiseHand", ""),
            Map.entry("SetPlayback", ""),
            Map.entry("ReportDrift", ""),
            Map.entry("InviteOnStage", "MODERATE"),
            Map.entry("StandOnStage", ""),
            Map.entry("CreateInvitation", "MODERATE"),
            Map.entry("RevokeInvitation", "MODERATE"),
            Map.entry("FindRoom", ""),
            Map.entry("Moderate", "MODERATE"),
            Map.entry("LockRoom", "MODERATE"),
            Map.entry("Admit", "MODERATE"),
            Map.entry("Deny", "MODERATE"));

    private static Stream<Class<?>> commands() {
        return permitted(RoomCommand.class);
    }

    /** The records of a sealed interface, those of sealed interfaces within it among them. */
    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(PermissionTableTest::permitted)
                : Stream.of(type);
    }

    private static Set<Set<Permission>> allGrants() {
        Set<Set<Permission>> all = new LinkedHashSet<>();
        all.add(Set.of());
        for (Permission permission : Permission.values()) {
            for (Set<Permission> without : List.copyOf(all)) {
                Set<Permission> with = new HashSet<>(without);
                with.add(permission);
                all.add(with);
            }
        }
        return all;
    }

    private static boolean isMet(String needed, Set<Permission> granted) {
        Set<String> words = new TreeSet<>();
        granted.forEach(permission -> words.add(permission.name()));
        return words.contains("ADMIN")
                || needed.isEmpty()
                || (needed.contains(" or ")
                        ? Stream.of(needed.split(" or ")).anyMatch(words::contains)
                        : Stream.of(needed.split(" and ")).allMatch(words::contains));
    }

    @Test
    void everyCommandHasItsRow() {
        Set<String> commands = new TreeSet<>();
        commands().forEach(command -> {
            commands.add(command.getSimpleName());
            PermissionTable.allows(command, ParticipantRole.HOST, Set.of(), MANSION);
        });
        assertEquals(new TreeSet<>(NEEDED.keySet()), commands);
        assertThrows(
                IllegalArgumentException.class,
                () -> PermissionTable.allows(String.class, ParticipantRole.HOST, Set.of(), MANSION));
    }

    @Test
    void grantsDecide() {
        Map<String, Boolean> wrong = new TreeMap<>();
        commands().filter(command -> command != RoomCommand.SetPlayback.class).forEach(command -> {
            for (ParticipantRole role : ParticipantRole.values()) {
                for (Set<Permission> granted : allGrants()) {
                    for (RoomType type : RoomType.values()) {
                        String name = command.getSimpleName();
                        boolean allowed =
                                PermissionTable.allows(command, role, granted, RoomTypeSettings.defaults(type));
                        boolean known = ONLY_IN.getOrDefault(name, type) == type;
                        if (allowed != (known && isMet(NEEDED.get(name), granted))) {
                            wrong.put(name + " " + role + " " + granted + " " + type, allowed);
                        }
                    }
                }
            }
        });
        assertEquals(Map.of(), wrong);
    }

    @Test
    void onlyTheHostOfACinemaMovesWhatItShows() {
        for (Set<Permission> granted : allGrants()) {
            for (ParticipantRole role : ParticipantRole.values()) {
                for (RoomType type : RoomType.values()) {
                    assertEquals(
                            role == ParticipantRole.HOST && type == RoomType.CINEMA,
                            PermissionTable.allows(
                                    RoomCommand.SetPlayback.class, role, granted, RoomTypeSettings.defaults(type)));
                }
            }
        }
    }

    @Test
    void aRoleGivesLessThanTheOneAbove() {
        assertTrue(
                PermissionTable.of(ParticipantRole.HOST).containsAll(PermissionTable.of(ParticipantRole.PARTICIPANT)));
        assertTrue(PermissionTable.of(ParticipantRole.PARTICIPANT)
                .containsAll(PermissionTable.of(ParticipantRole.VIEWER)));
        assertEquals(EnumSet.of(Permission.SUBSCRIBE), PermissionTable.of(ParticipantRole.VIEWER));
    }
}
