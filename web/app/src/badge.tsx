import type { GapSample, Kind, RoomMode } from '@foyer/client';
import { modeName, modeWords, reasonWords } from './words.ts';

interface Props {
  mode: RoomMode;
  samples: readonly GapSample[];
}

/** How the media runs, why, and what the last change of path cost. */
export function Badge({ mode, samples }: Props) {
  const current = mode.mode ?? mode.next;
  if (!current) return null;
  const moving = !mode.committed && mode.next !== undefined && mode.next !== mode.mode;
  const gaps = lastGaps(samples);
  return (
    <div class="badge" data-mode={current} data-testid="badge" role="status" title={modeWords(current)}>
      <span class="badge-light" data-moving={moving || undefined} aria-hidden="true" />
      <strong>
        {modeName(current)}
        {moving && mode.mode && mode.next && <> → {modeName(mode.next)}</>}
      </strong>
      {mode.reason && <span class="badge-reason">{reasonWords(mode.reason)}</span>}
      {gaps && (
        <span class="badge-gap" data-testid="gap" title="The longest picture gap of the last switch, over all tiles">
          switch {gaps}
        </span>
      )}
    </div>
  );
}

/** The worst picture and sound gap of the latest switch. */
function lastGaps(samples: readonly GapSample[]): string | undefined {
  const epoch = samples.at(-1)?.epoch;
  const worst = (kind: Kind): number | undefined => {
    const gaps = samples.flatMap((sample) =>
      sample.epoch === epoch && sample.kind === kind && sample.gapMs !== null ? sample.gapMs : [],
    );
    return gaps.length > 0 ? Math.round(Math.max(...gaps)) : undefined;
  };
  const video = worst('video');
  const audio = worst('audio');
  if (video === undefined && audio === undefined) return undefined;
  return [video !== undefined && `${video} ms`, audio !== undefined && `sound ${audio} ms`].filter(Boolean).join(', ');
}
