import type { AudioChannel } from './playback/audioOutput.ts';
import { VideoOutput } from './playback/videoOutput.ts';
import { SILENT, sends, type MediaState, type PeerMessage, type Source } from './wire.ts';

/** Another participant: who it is, and what is seen and heard of it. */
export class RemotePeer {
  readonly peerId: string;
  readonly userId: string;
  readonly camera = new VideoOutput();
  readonly screen = new VideoOutput();
  readonly voice: AudioChannel;
  #displayName: string;
  #mediaState: MediaState = SILENT;
  #stated = false;

  constructor(message: PeerMessage, voice: AudioChannel) {
    this.peerId = message.peerId;
    this.userId = message.userId;
    this.#displayName = message.userId;
    this.voice = voice;
    this.update(message);
  }

  get displayName(): string {
    return this.#displayName;
  }

  get mediaState(): MediaState {
    return this.#mediaState;
  }

  /** Whether there is something to see or hear. Clients of other dialects do not say what they have turned off. */
  shows(source: Source): boolean {
    return this.output(source).playing !== undefined && (!this.#stated || sends(this.#mediaState, source));
  }

  /** Whether it has turned its microphone off. */
  get muted(): boolean {
    return this.#stated && !this.#mediaState.audio;
  }

  /** The output that a source is played through. */
  output(source: Source): VideoOutput | AudioChannel {
    return source === 'microphone' ? this.voice : source === 'camera' ? this.camera : this.screen;
  }

  update({ displayName, mediaState }: Partial<PeerMessage>): void {
    if (displayName) this.#displayName = displayName;
    if (!mediaState) return;
    this.#stated = true;
    this.#mediaState = { ...this.#mediaState, ...mediaState };
  }

  close(): void {
    this.camera.close();
    this.screen.close();
    this.voice.close();
  }
}
