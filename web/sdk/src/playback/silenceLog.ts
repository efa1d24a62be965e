/** How many silences are remembered. */
const CAPACITY = 200;

/** The latest silences of a channel, in seconds of its audio clock. */
export class SilenceLog {
  readonly #over: { start: number; end: number }[] = [];
  #since: number | undefined;

  /** A silence goes on since `start`. */
  begin(start: number): void {
    this.#since = start;
  }

  add(start: number, end: number): void {
    this.#since = undefined;
    this.#over.push({ start, end });
    if (this.#over.length > CAPACITY) this.#over.shift();
  }

  /** The longest silence that overlaps a span, in seconds; 0 when there was sound throughout. */
  longest(from: number, to: number): number {
    let longest = 0;
    for (const { start, end } of this.#over) {
      if (start < to && end > from) longest = Math.max(longest, end - start);
    }
    if (this.#since !== undefined && this.#since < to) longest = Math.max(longest, to - this.#since);
    return longest;
  }
}
