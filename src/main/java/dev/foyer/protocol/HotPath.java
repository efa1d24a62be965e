package dev.foyer.protocol;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks code that runs once or more for every media packet. Rules for it:
 *
 * <ul>
 *   <li>No allocation in steady state: no boxing, streams, {@code Optional}, capturing lambdas, varargs, string
 *       building, iterators or enhanced {@code for} over collections. Growth of a buffer is allowed when it is bounded
 *       and amortised.
 *   <li>No locks, no blocking, no clock and no logging: the time comes in as {@code nowNanos}, trouble goes out as an
 *       outcome or a counter.
 *   <li>No exception for anything that a peer can send. An exception is a bug of the caller.
 *   <li>Buffers are borrowed for the call: nothing keeps a reference to an array that the caller will reuse unless the
 *       Javadoc of the method says so.
 *   <li>One thread: an object belongs to the event loop that created it.
 * </ul>
 *
 * <p>The annotation is kept in the class file so that a test over the compiled classes can enforce the rules.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface HotPath {}
