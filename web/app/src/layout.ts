/** How a grid of tiles of one shape fills an area best. */
export interface GridLayout {
  readonly columns: number;
  /** Of one tile, in pixels. */
  readonly width: number;
  readonly height: number;
}

const ASPECTS = [16 / 9, 4 / 3, 1] as const;
/** A wider picture is preferred unless a squarer one is larger by this factor. */
const PREFERENCE = 1.35;

/** The largest tiles that fit `count` times into the area, `gap` pixels apart. */
export function layOut(count: number, areaWidth: number, areaHeight: number, gap: number): GridLayout {
  let best: GridLayout = { columns: 1, width: 0, height: 0 };
  let bestScore = 0;
  ASPECTS.forEach((aspect, preference) => {
    for (let columns = 1; columns <= count; columns++) {
      const rows = Math.ceil(count / columns);
      const room = (areaWidth - gap * (columns - 1)) / columns;
      const width = Math.min(room, ((areaHeight - gap * (rows - 1)) / rows) * aspect);
      const score = (width * width) / aspect / PREFERENCE ** preference;
      if (width > 0 && score > bestScore) {
        bestScore = score;
        best = { columns, width: Math.floor(width), height: Math.floor(width / aspect) };
      }
    }
  });
  return best;
}
