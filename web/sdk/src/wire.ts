/** The messages of the `call` dialect, as they travel. */
import type { types } from 'mediasoup-client';

export type RtpCapabilities = types.RtpCapabilities;
export type RtpParameters = types.RtpParameters;
export type DtlsParameters = types.DtlsParameters;
export type IceParameters = types.IceParameters;

export type Mode = 'p2p' | 'sfu';
export type RoomType = 'cinema' | 'mansion' | 'private';
export type Kind = 'audio' | 'video';

/** What a participant sends, by where it comes from. */
export type Source = 'microphone' | 'camera' | 'screen';

/** In the order of a mesh offer's media sections. */
export const SOURCES: readonly Source[] = ['microphone', 'camera', 'screen'];

export function kindOf(source: Source): Kind {
  return source === 'microphone' ? 'audio' : 'video';
}

/** What a participant lets others see and hear at the moment. */
export interface MediaState {
  audio: boolean;
  video: boolean;
  screenShare: boolean;
}

export const SILENT: MediaState = { audio: false, video: false, screenShare: false };

export function sends(state: MediaState, source: Source): boolean {
  return source === 'microphone' ? state.audio : source === 'camera' ? state.video : state.screenShare;
}

export interface PeerMessage {
  peerId: string;
  userId: string;
  role?: string;
  displayName?: string | null;
  mediaState?: Partial<MediaState> | null;
  /** Whether the receiver of this message yields to that peer when their offers cross. */
  polite?: boolean;
}

export interface ProducerMessage {
  producerId: string;
  peerId: string;
  userId?: string;
  kind: Kind;
  appData?: Record<string, unknown> | null;
  paused?: boolean;
}

export interface JoinReply {
  peerId: string;
  peers: PeerMessage[];
  mode: Mode;
  epoch: number;
  /** False while the room is still on its way to `mode`. */
  committed?: boolean;
  reason?: string;
  room?: { id: string; type: RoomType; metadata?: unknown; maxParticipants?: number };
  iceServers?: RTCIceServer[];
  rtpCapabilities?: RtpCapabilities;
  producers?: ProducerMessage[];
}

export interface ModeChanged {
  mode: Mode;
  epoch: number;
  reason?: string;
  rtpCapabilities?: RtpCapabilities;
  iceServers?: RTCIceServer[];
}

export interface SignalBody {
  description?: { type: RTCSdpType; sdp: string };
  candidate?: RTCIceCandidateInit;
}

export interface Signal extends SignalBody {
  from: string;
  epoch: number;
}

export interface ConsumeReply {
  id: string;
  producerId: string;
  kind: Kind;
  rtpParameters: RtpParameters;
  producerPaused?: boolean;
}

export interface ChatMessage {
  peerId: string;
  userId: string;
  text: string;
  at: number | string;
}

export interface LinkReport {
  peerId: string;
  state: 'connected' | 'failed';
  /** Round trip in milliseconds. */
  rtt?: number;
  /** Share of the packets lost since the last report, 0 to 1. */
  loss?: number;
  candidateType?: string;
}

/** Requests of the client with what the server's `data` answers. */
export interface Requests {
  joinRoom: [
    {
      callId: string;
      type?: RoomType;
      userId: string;
      displayName?: string;
      role?: string;
      mediaState: MediaState;
      mesh: boolean;
      rtpCapabilities?: RtpCapabilities;
    },
    JoinReply,
  ];
  createTransport: [{ direction: 'send' | 'recv' }, types.TransportOptions];
  connectTransport: [{ transportId: string; dtlsParameters: DtlsParameters }, unknown];
  restartIce: [{ transportId: string }, { iceParameters: IceParameters }];
  produce: [
    {
      transportId: string;
      kind: Kind;
      rtpParameters: RtpParameters;
      appData: Record<string, unknown>;
      paused: boolean;
    },
    { producerId: string },
  ];
  consume: [{ transportId: string; producerId: string; rtpCapabilities: RtpCapabilities }, ConsumeReply];
  resumeConsumer: [{ consumerId: string }, unknown];
  closeConsumer: [{ consumerId: string }, unknown];
  getProducers: [{ callId: string }, { producers: ProducerMessage[] }];
  pauseProducer: [{ producerId: string }, unknown];
  resumeProducer: [{ producerId: string }, unknown];
  closeProducer: [{ producerId: string }, unknown];
  updatePeer: [{ displayName?: string; mediaState?: MediaState }, unknown];
  modeReady: [{ epoch: number }, unknown];
  requestMode: [{ mode: Mode; reason: string }, unknown];
  linkState: [LinkReport, unknown];
  signal: [SignalBody & { to: string; epoch: number }, unknown];
  chat: [{ text: string }, unknown];
  leaveRoom: [Record<string, never>, unknown];
}

/** Events of the server. */
export interface ServerEvents {
  peerJoined: PeerMessage;
  peerLeft: { peerId: string; userId?: string };
  peerUpdated: PeerMessage;
  newProducer: ProducerMessage;
  producerPaused: { producerId: string; peerId?: string };
  producerResumed: { producerId: string; peerId?: string };
  producerClosed: { producerId: string; peerId?: string };
  consumerClosed: { consumerId: string };
  modeChanged: ModeChanged;
  modeCommitted: { epoch: number };
  signal: Signal;
  peerMuted: { peerId: string; userId?: string; kind: Kind; muted: boolean; by?: string };
  chat: ChatMessage;
  activeSpeaker: { peerId: string | null };
  roomClosed: { reason?: string };
  /** Out of the lobby: join again. */
  admitted: { callId: string };
  denied: { callId: string };
  error: { error?: string; message?: string; code?: string; event?: string; reason?: string };
}

export const SERVER_EVENTS: readonly (keyof ServerEvents)[] = [
  'peerJoined',
  'peerLeft',
  'peerUpdated',
  'newProducer',
  'producerPaused',
  'producerResumed',
  'producerClosed',
  'consumerClosed',
  'modeChanged',
  'modeCommitted',
  'signal',
  'peerMuted',
  'chat',
  'activeSpeaker',
  'roomClosed',
  'admitted',
  'denied',
  'error',
];
