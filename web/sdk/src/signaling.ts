import { io, type Socket } from 'socket.io-client';
import { FoyerError } from './errors.ts';
import { Emitter } from './events.ts';
import { SERVER_EVENTS, type Requests, type ServerEvents } from './wire.ts';

/** Milliseconds to wait for an answer. */
const REQUEST_TIMEOUT = 10_000;

type Reply<Data> = { success: true; data?: Data } | { success: false; error?: string; code?: string };

export type SignalingEvents = { [Name in keyof ServerEvents]: [ServerEvents[Name]] } & {
  /** Connected. `recovered`: the server kept the seat, and sends what was missed. */
  up: [{ recovered: boolean }];
  /** The connection is lost; another is being tried. */
  down: [];
  /** An attempt to connect failed. `final`: the server refused and no other attempt follows. */
  refused: [{ message: string; code?: string; final: boolean }];
};

/** What the rest of the library needs from the connection; tests put a fake in its place. */
export interface Requester {
  readonly connected: boolean;
  request<Name extends keyof Requests>(name: Name, body: Requests[Name][0]): Promise<Requests[Name][1]>;
}

export interface SignalingOptions {
  /** Origin of the server; the page's own when absent. */
  url?: string;
  /** Bearer token, where the server asks for one. */
  token?: string;
}

/** The Socket.IO connection to the server: acknowledged requests out, typed events in, reconnection by itself. */
export class Signaling extends Emitter<SignalingEvents> implements Requester {
  readonly #socket: Socket;

  constructor({ url, token }: SignalingOptions) {
    super();
    const options = {
      autoConnect: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3_000,
      timeout: 6_000,
      ...(token === undefined ? {} : { auth: { token } }),
    };
    this.#socket = url === undefined ? io(options) : io(url, options);
    this.#socket.on('connect', () => {
      this.emit('up', { recovered: this.#socket.recovered });
    });
    this.#socket.on('disconnect', (reason) => {
      this.emit('down');
      // Socket.IO does not come back by itself from a DISCONNECT packet; a server that restarts sends one.
      if (reason === 'io server disconnect') this.#socket.connect();
    });
    this.#socket.on('connect_error', (error) => {
      const data = (error as { data?: { code?: string } }).data;
      const code = data?.code === undefined ? {} : { code: data.code };
      // An active socket tries again; an inactive one was refused by the server itself.
      this.emit('refused', { message: error.message, ...code, final: !this.#socket.active });
    });
    for (const name of SERVER_EVENTS) {
      this.#socket.on(name as string, (message: unknown) => this.emit(name, message as never));
    }
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  connect(): void {
    this.#socket.connect();
  }

  /** Leaves for good. */
  close(): void {
    this.removeAllListeners();
    this.#socket.disconnect();
  }

  /** @throws FoyerError with the server's code, `DISCONNECTED` or `TIMEOUT` */
  async request<Name extends keyof Requests>(name: Name, body: Requests[Name][0]): Promise<Requests[Name][1]> {
    // Without this check Socket.IO would keep the request and send it into the next session.
    if (!this.#socket.connected) throw new FoyerError('DISCONNECTED', 'Not connected to the server');
    let reply: Reply<Requests[Name][1]>;
    try {
      reply = (await this.#socket.timeout(REQUEST_TIMEOUT).emitWithAck(name, body)) as Reply<Requests[Name][1]>;
    } catch {
      throw this.#socket.connected
        ? new FoyerError('TIMEOUT', `No answer to ${name}`)
        : new FoyerError('DISCONNECTED', `Connection lost during ${name}`);
    }
    if (reply?.success) return reply.data as Requests[Name][1];
    throw new FoyerError(reply?.code ?? 'INTERNAL', reply?.error ?? `${name} was refused`);
  }
}
