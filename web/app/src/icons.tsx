import type { ComponentChildren, JSX } from 'preact';

function icon(children: ComponentChildren): () => JSX.Element {
  return () => (
    <svg
      viewBox="0 0 24 24"
      width="22"
      height="22"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

const microphone = (
  <>
    <rect x="9" y="3" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
  </>
);
const camera = (
  <>
    <rect x="3" y="6.5" width="12.5" height="11" rx="2.5" />
    <path d="m15.5 10.8 5.5-3v8.4l-5.5-3z" />
  </>
);
const slash = <path d="M4 4l16 16" />;

export const Microphone = icon(microphone);
export const MicrophoneOff = icon(
  <>
    {microphone}
    {slash}
  </>,
);
export const Camera = icon(camera);
export const CameraOff = icon(
  <>
    {camera}
    {slash}
  </>,
);
export const Screen = icon(
  <>
    <rect x="3" y="4.5" width="18" height="12" rx="2" />
    <path d="M9 20h6M12 13.5v-6m-2.6 2.6L12 7.5l2.6 2.6" />
  </>,
);
export const Chat = icon(
  <path d="M20 12a8 7 0 0 1-8 7c-1.2 0-2.3-.2-3.3-.6L4.5 19.5l1.2-3.4A6.5 6.5 0 0 1 4 12a8 7 0 0 1 16 0z" />,
);
export const Leave = icon(
  <path d="M14 4.5H6.5a1.5 1.5 0 0 0-1.5 1.5v12a1.5 1.5 0 0 0 1.5 1.5H14M10.5 12H20m-3.5-3.5L20 12l-3.5 3.5" />,
);
export const Close = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const Link = icon(
  <path d="M10 13.5a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10.5a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2" />,
);
