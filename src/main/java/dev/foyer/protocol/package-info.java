/** Wire protocols as code without sockets, threads or clocks: one package a protocol. */
@NullMarked
package dev.foyer.protocol;

import org.jspecify.annotations.NullMarked;
