import type { types } from 'mediasoup-client';
import { Emitter } from '../events.ts';
import type { Requester } from '../signaling.ts';

const RESTART_AFTER_MS = 1_500;
const RETRY_MS = 3_000;
/** Restarts without success after which the transport is given up. */
const MAX_RESTARTS = 4;

/** A loaded mediasoup `Device`, or a test's fake of it. */
export interface SfuDevice {
  readonly recvRtpCapabilities: types.RtpCapabilities;
  canProduce(kind: types.MediaKind): boolean;
  createSendTransport(options: types.TransportOptions): types.Transport;
  createRecvTransport(options: types.TransportOptions): types.Transport;
}

/** One of the two transports towards the SFU, which finds its way back by ICE restart when its route is lost. */
export class SfuTransport extends Emitter<{ connected: []; lost: [Error]; warning: [Error] }> {
  readonly transport: types.Transport;
  readonly #requester: Requester;
  #restarts = 0;
  #restarting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(transport: types.Transport, requester: Requester) {
    super();
    this.transport = transport;
    this.#requester = requester;
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      requester.request('connectTransport', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
    });
    transport.on('connectionstatechange', (state) => this.#onState(state));
  }

  get connected(): boolean {
    return this.transport.connectionState === 'connected';
  }

  /** Looks for a new route now. Before the first connection there is none to restart. */
  restartIce(): void {
    if (this.transport.closed || this.transport.connectionState === 'new') return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#restart();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.removeAllListeners();
    this.transport.close();
  }

  #onState(state: types.ConnectionState): void {
    if (state === 'connected') {
      this.#restarts = 0;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.emit('connected');
    } else if (state === 'failed') {
      this.restartIce();
    } else if (state === 'disconnected') {
      this.#timer ??= setTimeout(() => this.restartIce(), RESTART_AFTER_MS);
    }
  }

  async #restart(): Promise<void> {
    if (this.#restarting) return;
    this.#restarting = true;
    try {
      if (this.#requester.connected) {
        if (this.#restarts++ >= MAX_RESTARTS) {
          this.emit('lost', new Error('The connection to the media server cannot be restored'));
          return;
        }
        const { iceParameters } = await this.#requester.request('restartIce', { transportId: this.transport.id });
        await this.transport.restartIce({ iceParameters });
      }
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        if (!this.connected) void this.#restart();
      }, RETRY_MS);
    } catch (error) {
      if (!this.transport.closed) this.emit('lost', error as Error);
    } finally {
      this.#restarting = false;
    }
  }
}
