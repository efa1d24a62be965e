import { LocalMedia, Room, type FoyerError, type RoomType, type Source } from '@foyer/client';
import meterUrl from '@foyer/client/meter-worklet?worker&url';
import { useEffect, useRef, useState } from 'preact/hooks';
import { JoinPage } from './joinPage.tsx';
import { exposeMeasurements } from './measure.ts';
import { RoomPage } from './roomPage.tsx';
import { deviceErrorWords, failureWords } from './words.ts';

export interface JoinRequest {
  readonly name: string;
  readonly roomId: string;
  readonly type: RoomType;
}

export function App() {
  const [local, setLocal] = useState(() => new LocalMedia());
  const [room, setRoom] = useState<Room>();
  const [notice, setNotice] = useState('');
  const [returning, setReturning] = useState(false);
  const opened = useRef(false);

  useEffect(() => {
    const errors = new Map<Source, Error>();
    return local.on('deviceError', ({ source, error }) => {
      errors.set(source, error);
      setNotice(deviceErrorWords(errors));
    });
  }, [local]);
  useEffect(() => exposeMeasurements(room), [room]);
  // A tab that is closed says goodbye, so that nobody looks at a frozen picture.
  useEffect(() => {
    const onHide = ({ persisted }: PageTransitionEvent): void => {
      if (!persisted) room?.leave();
    };
    addEventListener('pagehide', onHide);
    return () => removeEventListener('pagehide', onHide);
  }, [room]);

  const openDevices = (): void => {
    if (opened.current) return;
    opened.current = true;
    void local.open();
  };

  const leave = (current: Room, words: string): void => {
    current.leave();
    local.close();
    opened.current = false;
    setLocal(new LocalMedia());
    setRoom(undefined);
    setReturning(true);
    setNotice(words);
  };

  const join = ({ name, roomId, type }: JoinRequest): void => {
    openDevices();
    setNotice('');
    history.replaceState(null, '', `/r/${encodeURIComponent(roomId)}${location.search}`);
    const token = new URLSearchParams(location.search).get('token');
    const created = new Room({ roomId, type, userId: name, local, meterUrl, ...(token ? { token } : {}) });
    let lastFailure: FoyerError | undefined;
    created.on('failure', (failure) => (lastFailure = failure));
    created.on('status', (status) => {
      if (status === 'lost') leave(created, lastFailure ? failureWords(lastFailure) : 'You are out of the room.');
    });
    created.on('warning', (error) => console.warn(error));
    created.join();
    setRoom(created);
  };

  if (!room) return <JoinPage local={local} notice={notice} returning={returning} onOpen={openDevices} onJoin={join} />;
  return (
    <RoomPage
      room={room}
      local={local}
      notice={notice}
      onNoticeRead={() => setNotice('')}
      onLeave={() => leave(room, 'You have left the room.')}
    />
  );
}
