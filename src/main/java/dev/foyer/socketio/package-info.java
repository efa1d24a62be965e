/**
 * An Engine.IO v4 / Socket.IO v5 server on Vert.x. It knows connections, namespaces, events and acknowledgements and
 * nothing of what they are used for. Values that travel are plain JDK values, see {@link dev.foyer.socketio.Socket}.
 */
@NullMarked
package dev.foyer.socketio;

import org.jspecify.annotations.NullMarked;
