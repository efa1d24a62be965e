/** `@foyer/client`: rooms whose media runs peer to peer or through the SFU, and moves between the two unseen. */
export { FoyerError } from './errors.ts';
export { LocalMedia, type DeviceChoice } from './localMedia.ts';
export type { LocalTrack } from './path/mediaPath.ts';
export { AudioChannel, AudioOutput } from './playback/audioOutput.ts';
export type { FrameStamp } from './playback/frameClock.ts';
export type { GapSample } from './playback/gapLog.ts';
export { VideoOutput } from './playback/videoOutput.ts';
export { RemotePeer } from './remotePeer.ts';
export { Room, type RoomEvents, type RoomMode, type RoomOptions, type RoomStatus } from './room.ts';
export type { ChatMessage, Kind, MediaState, Mode, RoomType, Source } from './wire.ts';
