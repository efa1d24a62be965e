import type { LocalMedia } from '@foyer/client';
import type { ComponentChildren } from 'preact';
import { Camera, CameraOff, Chat, Leave, Microphone, MicrophoneOff, Screen } from './icons.tsx';

interface Props {
  local: LocalMedia;
  chatOpen: boolean;
  unread: number;
  onChat: () => void;
  onLeave: () => void;
}

export function Controls({ local, chatOpen, unread, onChat, onLeave }: Props) {
  const microphone = local.isOn('microphone');
  const camera = local.isOn('camera');
  const screen = local.isOn('screen');
  const canShare = typeof navigator.mediaDevices?.getDisplayMedia === 'function';
  return (
    <div class="controls" role="toolbar" aria-label="Call controls">
      <Control
        testId="mute"
        on={microphone}
        label="Microphone"
        title={`${microphone ? 'Mute' : 'Unmute'} (M)`}
        onClick={() => void local.setMicrophone(!microphone)}
      >
        {microphone ? <Microphone /> : <MicrophoneOff />}
      </Control>
      <Control
        testId="camera"
        on={camera}
        label="Camera"
        title={`Turn the camera ${camera ? 'off' : 'on'} (V)`}
        onClick={() => void local.setCamera(!camera)}
      >
        {camera ? <Camera /> : <CameraOff />}
      </Control>
      {canShare && (
        <Control
          testId="share"
          on={screen}
          quiet
          label="Share your screen"
          title={`${screen ? 'Stop sharing' : 'Share'} your screen (S)`}
          onClick={() => (screen ? local.stopScreen() : void local.shareScreen())}
        >
          <Screen />
        </Control>
      )}
      <Control testId="chat" on={chatOpen} quiet label="Chat" title="Chat (C)" onClick={onChat}>
        <Chat />
        {unread > 0 && (
          <span class="unread" aria-label={`${unread} unread`}>
            {unread > 9 ? '9+' : unread}
          </span>
        )}
      </Control>
      <button
        type="button"
        class="round leave"
        data-testid="leave"
        title="Leave (Shift+L)"
        aria-label="Leave"
        onClick={onLeave}
      >
        <Leave />
        <span class="leave-word">Leave</span>
      </button>
    </div>
  );
}

interface ControlProps {
  testId: string;
  on: boolean;
  /** Being off is nothing to warn of. */
  quiet?: boolean;
  label: string;
  title: string;
  onClick: () => void;
  children: ComponentChildren;
}

function Control({ testId, on, quiet, label, title, onClick, children }: ControlProps) {
  return (
    <button
      type="button"
      class={quiet ? 'round quiet' : 'round'}
      data-testid={testId}
      aria-pressed={on}
      aria-label={label}
      title={title}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
