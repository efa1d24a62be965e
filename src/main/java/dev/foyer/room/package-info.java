/**
 * Rooms: who is in them, who may do what, and whether media runs peer to peer or through the SFU.
 *
 * <p>A room is a single-writer actor: commands go in, events come out in order. It knows neither sockets nor JSON nor
 * packets; what it needs of the outside are the ports in this package.
 */
@org.jspecify.annotations.NullMarked
package dev.foyer.room;
