/**
 * A request that the server refused, or that could not be made.
 *
 * `code` is one of the server's error codes (`ROOM_FULL`, `NOT_IN_ROOM`, ...), or one of this library's own:
 * `DISCONNECTED` (no connection to the server now), `TIMEOUT` (no answer), `CLOSED` (the object was closed meanwhile).
 */
export class FoyerError extends Error {
  override readonly name = 'FoyerError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Whatever was thrown, as an `Error`. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
