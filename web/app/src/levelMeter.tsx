import { useEffect, useRef } from 'preact/hooks';

const BARS = 5;

/** Shows that the microphone hears something. */
export function LevelMeter({ track }: { track: MediaStreamTrack | null }) {
  const bars = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!track) return undefined;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 512 });
    const source = new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) });
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loudest = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
      // -48 dB to 0 dB over the bars.
      const level = loudest > 0 ? Math.max(0, 1 + Math.log10(loudest) / 2.4) : 0;
      [...(bars.current?.children ?? [])].forEach((bar, index) =>
        bar.toggleAttribute('data-lit', index < level * BARS),
      );
    }, 100);
    return () => {
      clearInterval(timer);
      source.disconnect();
      void context.close();
    };
  }, [track]);
  return (
    <span class="level" ref={bars} aria-hidden="true">
      {Array.from({ length: BARS }, (_, index) => (
        <span key={index} />
      ))}
    </span>
  );
}
