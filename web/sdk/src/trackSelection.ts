import { Emitter } from './events.ts';
import type { Flow, MediaPath, RemoteTrack } from './path/mediaPath.ts';
import type { Source } from './wire.ts';

/** A track of one source of one participant, on one path. */
export interface Candidate {
  readonly path: MediaPath;
  readonly track: MediaStreamTrack;
  readonly flow: Flow;
}

/**
 * Which of a source's tracks to show.
 *
 * The committed path's as soon as it decodes. Until then what is shown stays, so that nothing is shown that would be
 * black; only where nothing is shown yet, or what was shown has stalled or gone, whatever decodes is better.
 */
export function chooseTrack(
  candidates: readonly Candidate[],
  shown: MediaStreamTrack | undefined,
  committed: MediaPath | undefined,
): Candidate | undefined {
  const flowing = candidates.filter(({ flow }) => flow === 'flowing');
  const current = candidates.find(({ track }) => track === shown);
  return (
    flowing.find(({ path }) => path === committed) ??
    (current?.flow === 'stalled' ? undefined : current) ??
    flowing[0] ??
    current
  );
}

/** A source of a participant that changed what it shows. */
export interface Shown {
  readonly peerId: string;
  readonly source: Source;
  readonly candidate: Candidate | undefined;
  readonly previous: Candidate | undefined;
}

export type SelectionEvents = {
  /** A track exists that may be shown soon. */
  prepare: [{ peerId: string; source: Source; track: MediaStreamTrack }];
  show: [Shown];
  /** A prepared track is gone. */
  release: [{ peerId: string; source: Source; track: MediaStreamTrack }];
};

interface Choice {
  readonly peerId: string;
  readonly source: Source;
  candidates: Candidate[];
  shown: Candidate | undefined;
}

/** Keeps, for each source of each participant, the tracks that the paths offer and the one that is shown. */
export class TrackSelection extends Emitter<SelectionEvents> {
  readonly #choices = new Map<string, Choice>();
  #committed: MediaPath | undefined;

  /** A path has this track, in this flow. */
  offer(path: MediaPath, { peerId, source, track, flow }: RemoteTrack): void {
    const key = `${peerId} ${source}`;
    const choice = this.#choices.get(key) ?? { peerId, source, candidates: [], shown: undefined };
    this.#choices.set(key, choice);
    const index = choice.candidates.findIndex((candidate) => candidate.track === track);
    if (index < 0) {
      choice.candidates.push({ path, track, flow });
      this.emit('prepare', { peerId, source, track });
    } else {
      choice.candidates[index] = { path, track, flow };
    }
    this.#choose(choice);
  }

  withdraw(peerId: string, source: Source, track: MediaStreamTrack): void {
    const choice = this.#choices.get(`${peerId} ${source}`);
    if (choice) this.#remove(choice, (candidate) => candidate.track === track);
  }

  /** All that a path offered is gone. */
  forget(path: MediaPath): void {
    for (const choice of this.#choices.values()) this.#remove(choice, (candidate) => candidate.path === path);
  }

  removePeer(peerId: string): void {
    for (const [key, choice] of this.#choices) {
      if (choice.peerId !== peerId) continue;
      this.#remove(choice, () => true);
      this.#choices.delete(key);
    }
  }

  /** What this path offers is to be preferred from now on. */
  commit(path: MediaPath | undefined): void {
    this.#committed = path;
    for (const choice of this.#choices.values()) this.#choose(choice);
  }

  close(): void {
    this.removeAllListeners();
    this.#choices.clear();
  }

  #remove(choice: Choice, gone: (candidate: Candidate) => boolean): void {
    const released = choice.candidates.filter(gone);
    if (released.length === 0) return;
    choice.candidates = choice.candidates.filter((candidate) => !gone(candidate));
    this.#choose(choice);
    for (const { track } of released) {
      this.emit('release', { peerId: choice.peerId, source: choice.source, track });
    }
  }

  #choose(choice: Choice): void {
    const previous = choice.shown;
    const candidate = chooseTrack(choice.candidates, previous?.track, this.#committed);
    choice.shown = candidate;
    if (candidate?.track === previous?.track) return;
    this.emit('show', { peerId: choice.peerId, source: choice.source, candidate, previous });
  }
}
