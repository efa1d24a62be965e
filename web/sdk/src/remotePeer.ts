import type { AudioChannel } from './playback/audioOutput.ts';
import { VideoOutput } from './playback/videoOutput.ts';
import { SILENT, type MediaState, type PeerMessage, type Source } from './wire.ts';

/** Another participant: who it is, and what is seen and heard of it. */
export class RemotePeer {
  readonly peerId: string;
  readonly userId: string;
  readonly camera = new VideoOutput();
  readonly screen = new VideoOutput();
  readonly voice: AudioChannel;
  #displayName: string;
  #mediaState: MediaState = SILENT;

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

  /** The output that a source is played through. */
  output(source: Source): VideoOutput | AudioChannel {
    return source === 'microphone' ? this.voice : source === 'camera' ? this.camera : this.screen;
  }

  update({ displayName, mediaState }: Partial<PeerMessage>): void {
    if (displayName) this.#displayName = displayName;
    if (mediaState) this.#mediaState = { ...this.#mediaState, ...mediaState };
  }

  close(): void {
    this.camera.close();
    this.screen.close();
    this.voice.close();
  }
}
