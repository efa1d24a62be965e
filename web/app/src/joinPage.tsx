import type { LocalMedia, RoomType } from '@foyer/client';
import { useEffect, useState } from 'preact/hooks';
import type { JoinRequest } from './app.tsx';
import { Camera, CameraOff, Microphone, MicrophoneOff } from './icons.tsx';
import { LevelMeter } from './levelMeter.tsx';
import { SelfVideo } from './selfVideo.tsx';
import { useChanges, useDevices } from './use.ts';

const TYPES: readonly { type: RoomType; name: string; hint: string }[] = [
  { type: 'mansion', name: 'Mansion', hint: 'An open house for many' },
  { type: 'cinema', name: 'Cinema', hint: 'A few on stage, many watching' },
  { type: 'private', name: 'Private', hint: 'A handful, never listed' },
];

interface Props {
  local: LocalMedia;
  notice: string;
  /** Whether a room was just left: the devices stay off until they are asked for. */
  returning: boolean;
  onOpen: () => void;
  onJoin: (request: JoinRequest) => void;
}

export function JoinPage({ local, notice, returning, onOpen, onJoin }: Props) {
  const [name, setName] = useState(() => remembered('name'));
  const [roomId, setRoomId] = useState(() => roomInAddress() || pleasantName());
  const [type, setType] = useState<RoomType>('mansion');
  const invited = useState(() => roomInAddress() !== '')[0];

  useEffect(() => {
    if (!returning) onOpen();
  }, []);

  const submit = (event: Event): void => {
    event.preventDefault();
    const trimmed = { name: name.trim(), roomId: roomId.trim() };
    if (!trimmed.name || !trimmed.roomId) return;
    remember('name', trimmed.name);
    onJoin({ ...trimmed, type });
  };

  return (
    <main class="join">
      <section class="join-preview" aria-label="Camera and microphone preview">
        <Preview local={local} onOpen={onOpen} />
      </section>
      <form class="join-form" onSubmit={submit}>
        <p class="wordmark">Foyer</p>
        <h1>{returning ? 'Until next time' : invited ? 'You are invited' : 'Come in'}</h1>
        {notice && (
          <p class="notice" role="alert">
            {notice}
          </p>
        )}
        <label class="field">
          <span>Your name</span>
          <input
            data-testid="join-name"
            name="name"
            autocomplete="name"
            maxLength={60}
            required
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>Room</span>
          <input
            data-testid="join-room"
            name="room"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            maxLength={80}
            required
            value={roomId}
            onInput={(event) => setRoomId(event.currentTarget.value)}
          />
        </label>
        <fieldset class="types">
          <legend>Kind of room</legend>
          {TYPES.map(({ type: value, name: label, hint }) => (
            <label class="type" key={value}>
              <input type="radio" name="type" value={value} checked={type === value} onChange={() => setType(value)} />
              <span class="type-name">{label}</span>
              <span class="type-hint">{hint}</span>
            </label>
          ))}
          <p class="hint">The first person to enter decides.</p>
        </fieldset>
        <button class="primary" type="submit" data-testid="join">
          {returning ? 'Enter again' : 'Enter'}
        </button>
      </form>
    </main>
  );
}

function Preview({ local, onOpen }: { local: LocalMedia; onOpen: () => void }) {
  const [started, setStarted] = useState(false);
  useChanges(
    (changed) =>
      local.on('changed', () => {
        setStarted(true);
        changed();
      }),
    [local],
  );
  const microphoneOn = local.isOn('microphone');
  const cameraOn = local.isOn('camera');
  const devices = useDevices(`${microphoneOn} ${cameraOn}`);
  const turn = (action: () => Promise<void>) => () => {
    if (started) void action();
    else onOpen();
  };

  return (
    <>
      <div class="preview-frame">
        <SelfVideo local={local} source="camera" />
        {!cameraOn && <p class="preview-off">Your camera is off</p>}
        <div class="preview-controls">
          <button
            type="button"
            class="round"
            aria-pressed={microphoneOn}
            aria-label="Microphone"
            title={microphoneOn ? 'Mute the microphone' : 'Turn the microphone on'}
            onClick={turn(() => local.setMicrophone(!microphoneOn))}
          >
            {microphoneOn ? <Microphone /> : <MicrophoneOff />}
          </button>
          <button
            type="button"
            class="round"
            aria-pressed={cameraOn}
            aria-label="Camera"
            title={cameraOn ? 'Turn the camera off' : 'Turn the camera on'}
            onClick={turn(() => local.setCamera(!cameraOn))}
          >
            {cameraOn ? <Camera /> : <CameraOff />}
          </button>
          <LevelMeter track={local.get('microphone').track} />
        </div>
      </div>
      <div class="pickers">
        <Picker
          label="Microphone"
          kind="audioinput"
          devices={devices}
          current={local.get('microphone').track}
          onPick={(microphoneId) => void local.choose({ microphoneId })}
        />
        <Picker
          label="Camera"
          kind="videoinput"
          devices={devices}
          current={local.get('camera').track}
          onPick={(cameraId) => void local.choose({ cameraId })}
        />
      </div>
    </>
  );
}

interface PickerProps {
  label: string;
  kind: MediaDeviceKind;
  devices: MediaDeviceInfo[];
  current: MediaStreamTrack | null;
  onPick: (deviceId: string) => void;
}

function Picker({ label, kind, devices, current, onPick }: PickerProps) {
  const listed = devices.filter((device) => device.kind === kind && device.deviceId);
  return (
    <label class="field">
      <span>{label}</span>
      <select
        disabled={listed.length === 0}
        value={current?.getSettings().deviceId ?? ''}
        onChange={(event) => onPick(event.currentTarget.value)}
      >
        {listed.length === 0 && <option value="">None found</option>}
        {listed.map(({ deviceId, label: name }, index) => (
          <option key={deviceId} value={deviceId}>
            {name || `${label} ${index + 1}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The room of an address of the form `/r/:roomId`. */
function roomInAddress(): string {
  const match = /^\/r\/([^/]+)\/?$/.exec(location.pathname);
  try {
    return match?.[1] ? decodeURIComponent(match[1]) : '';
  } catch {
    return '';
  }
}

const FIRST = ['amber', 'quiet', 'velvet', 'maple', 'silver', 'paper', 'linen', 'cedar', 'copper', 'harbor'];
const SECOND = ['lantern', 'stair', 'garden', 'window', 'parlor', 'orchard', 'terrace', 'kettle', 'piano', 'veranda'];

function pleasantName(): string {
  const [a = 0, b = 0, c = 0] = crypto.getRandomValues(new Uint16Array(3));
  return `${FIRST[a % FIRST.length]}-${SECOND[b % SECOND.length]}-${100 + (c % 900)}`;
}

function remembered(key: string): string {
  try {
    return localStorage.getItem(`foyer.${key}`) ?? '';
  } catch {
    return '';
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`foyer.${key}`, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
