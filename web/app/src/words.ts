import type { FoyerError, Mode, Source } from '@foyer/client';

/** What a person should read for what the program knows. */

const REASONS: Record<string, string> = {
  created: 'small room',
  policy: 'as this room is set up',
  'server-side-client': 'a device or stream takes part',
  'mixed-dialects': 'different apps take part',
  'not-mesh-capable': 'an older app takes part',
  participants: 'more people',
  restricted: 'somebody only watches, or is muted',
  recording: 'the room is recorded',
  requested: 'somebody asked for it',
  'link-failed': 'a direct connection failed',
  'link-lossy': 'a direct connection was poor',
  'link-relayed': 'a direct connection was relayed',
  quiet: 'few people again',
  'mesh-unavailable': 'no direct connection was found',
  'sfu-unavailable': 'the media server was out of reach',
  'sfu-restarted': 'the media server was restarted',
};

export function reasonWords(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll('-', ' ');
}

export function modeName(mode: Mode): string {
  return mode === 'p2p' ? 'P2P' : 'SFU';
}

export function modeWords(mode: Mode): string {
  return mode === 'p2p' ? 'Media runs straight between you and the others' : 'Media runs through the media server';
}

const FAILURES: Record<string, string> = {
  ROOM_FULL: 'This room is full. Try again when somebody has left.',
  ROOM_NOT_FOUND: 'This room does not exist any more.',
  ROOM_CLOSED: 'This room was closed.',
  ROOM_LOCKED: 'This room is locked.',
  LOBBY: 'Wait a moment: somebody in the room has to let you in.',
  KICKED: 'You were removed from this room.',
  BANNED: 'You were removed from this room and cannot come back for now.',
  SFU_UNAVAILABLE: 'The room has no space for one more person right now: its media server is out of reach.',
  UNAUTHORIZED: 'You need an invitation to enter. Ask for a new link.',
  FORBIDDEN: 'You may not enter this room.',
  INVALID_MESSAGE: 'The server did not accept this name or this room.',
  RATE_LIMITED: 'Too many attempts. Wait a moment and try again.',
  DRAINING: 'The server is about to restart. Try again in a minute.',
  UNREACHABLE: 'The server cannot be reached. Trying again…',
  DISCONNECTED: 'The connection to the server was lost.',
  TIMEOUT: 'The server did not answer.',
};

export function failureWords({ code, message }: FoyerError): string {
  return FAILURES[code] ?? `Something went wrong: ${message}`;
}

/** What is wrong with the devices that could not be used. */
export function deviceErrorWords(errors: ReadonlyMap<Source, Error>): string {
  const names = new Set([...errors.values()].map(({ name }) => name));
  if (errors.size === 2 && names.size === 1 && errors.has('microphone') && errors.has('camera')) {
    return oneDeviceErrorWords('microphone and camera', [...names][0] ?? '');
  }
  return [...errors].map(([source, { name }]) => oneDeviceErrorWords(source, name)).join(' ');
}

function oneDeviceErrorWords(device: string, name: string): string {
  switch (name) {
    case 'NotAllowedError':
      return `The browser may not use your ${device}. Allow it beside the page’s address, then turn it on.`;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return `No ${device} was found. You can take part all the same.`;
    case 'NotReadableError':
    case 'AbortError':
      return `Your ${device} is in use by another program.`;
    case 'SecurityError':
      return `Browsers allow the ${device} on secure (https) pages only.`;
    default:
      return `Your ${device} could not be started.`;
  }
}
