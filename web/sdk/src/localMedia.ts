import { asError } from './errors.ts';
import { Emitter } from './events.ts';
import type { LocalTrack } from './path/mediaPath.ts';
import type { MediaState, Source } from './wire.ts';

/** Which devices to use; the browser's choice where absent. */
export interface DeviceChoice {
  microphoneId?: string;
  cameraId?: string;
}

export type LocalMediaEvents = {
  /** What is sent of a source has changed. */
  changed: [Source];
  /** A device was refused, is missing or in use; the `name` is that of the `DOMException`. */
  deviceError: [{ source: Source; error: Error }];
};

const VIDEO: MediaTrackConstraints = {
  width: { ideal: 960 },
  height: { ideal: 540 },
  frameRate: { ideal: 30 },
};
const AUDIO: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** The user's microphone, camera and screen. A camera that is off is released; a microphone that is off is muted. */
export class LocalMedia extends Emitter<LocalMediaEvents> {
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  readonly #wanted = new Set<Source>();
  readonly #devices: DeviceChoice = {};
  #closed = false;

  get(source: Source): LocalTrack {
    const track = this.#tracks.get(source) ?? null;
    return { track, muted: !track?.enabled };
  }

  isOn(source: Source): boolean {
    return !this.get(source).muted;
  }

  get state(): MediaState {
    return { audio: this.isOn('microphone'), video: this.isOn('camera'), screenShare: this.isOn('screen') };
  }

  /** Asks for microphone and camera together, so that the browser asks the user once, then for each alone. */
  async open(choice: DeviceChoice = {}): Promise<void> {
    Object.assign(this.#devices, choice);
    this.#wanted.add('microphone').add('camera');
    try {
      const stream = await media().getUserMedia({ audio: this.#audio(), video: this.#video() });
      this.#adopt('microphone', stream.getAudioTracks()[0]);
      this.#adopt('camera', stream.getVideoTracks()[0]);
    } catch {
      await this.#openAlone('microphone');
      await this.#openAlone('camera');
    }
  }

  /** Uses other devices, at once where the source is on. */
  async choose(choice: DeviceChoice): Promise<void> {
    Object.assign(this.#devices, choice);
    if (choice.microphoneId !== undefined && this.#tracks.has('microphone')) {
      const on = this.isOn('microphone');
      await this.#openAlone('microphone');
      if (!on) await this.setMicrophone(false);
    }
    if (choice.cameraId !== undefined && this.#tracks.has('camera')) await this.#openAlone('camera');
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#want('microphone', on);
    const track = this.#tracks.get('microphone');
    if (!track) {
      if (on) await this.#openAlone('microphone');
      return;
    }
    track.enabled = on;
    this.emit('changed', 'microphone');
  }

  async setCamera(on: boolean): Promise<void> {
    this.#want('camera', on);
    if (on) await this.#openAlone('camera');
    else this.#adopt('camera', undefined);
  }

  /** Shows the browser's picker. Does nothing when the user closes it. */
  async shareScreen(): Promise<void> {
    this.#want('screen', true);
    try {
      const stream = await media().getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: false });
      const track = stream.getVideoTracks()[0];
      if (track && 'contentHint' in track) track.contentHint = 'detail';
      this.#adopt('screen', track);
    } catch (error) {
      this.#want('screen', false);
      if (asError(error).name !== 'NotAllowedError') {
        this.emit('deviceError', { source: 'screen', error: asError(error) });
      }
    }
  }

  stopScreen(): void {
    this.#want('screen', false);
    this.#adopt('screen', undefined);
  }

  /** Releases every device. */
  close(): void {
    this.#closed = true;
    this.removeAllListeners();
    for (const track of this.#tracks.values()) track.stop();
    this.#tracks.clear();
  }

  #want(source: Source, on: boolean): void {
    if (on) this.#wanted.add(source);
    else this.#wanted.delete(source);
  }

  async #openAlone(source: 'microphone' | 'camera'): Promise<void> {
    try {
      const stream = await media().getUserMedia(
        source === 'microphone' ? { audio: this.#audio() } : { video: this.#video() },
      );
      this.#adopt(source, stream.getTracks()[0]);
    } catch (error) {
      this.#want(source, false);
      this.emit('deviceError', { source, error: asError(error) });
      this.emit('changed', source);
    }
  }

  #adopt(source: Source, track: MediaStreamTrack | undefined): void {
    // Turned off, or left, while the browser was asking.
    if (track && (this.#closed || !this.#wanted.has(source))) {
      track.stop();
      return;
    }
    const old = this.#tracks.get(source);
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    // Unplugged, or the browser's own "stop sharing". Stopping it ourselves fires no event.
    track?.addEventListener('ended', () => {
      if (this.#tracks.get(source) === track) this.#adopt(source, undefined);
    });
    this.emit('changed', source);
    // Only now: what sends it has been told to take the other.
    old?.stop();
  }

  #audio(): MediaTrackConstraints {
    return { ...AUDIO, ...(this.#devices.microphoneId ? { deviceId: { ideal: this.#devices.microphoneId } } : {}) };
  }

  #video(): MediaTrackConstraints {
    return { ...VIDEO, ...(this.#devices.cameraId ? { deviceId: { ideal: this.#devices.cameraId } } : {}) };
  }
}

function media(): MediaDevices {
  // Absent on plain HTTP from another machine.
  if (!navigator.mediaDevices) throw new DOMException('Devices need a secure page', 'SecurityError');
  return navigator.mediaDevices;
}
