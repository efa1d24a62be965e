import { describe, expect, it } from 'vitest';
import { layOut } from '../src/layout.ts';

describe('grid layout', () => {
  it('never leaves the area', () => {
    for (let count = 1; count <= 30; count++) {
      for (const [width, height] of [
        [1280, 660],
        [360, 640],
        [800, 800],
      ] as const) {
        const layout = layOut(count, width, height, 12);
        const rows = Math.ceil(count / layout.columns);
        expect(layout.width).toBeGreaterThan(0);
        expect(layout.columns * layout.width + (layout.columns - 1) * 12).toBeLessThanOrEqual(width);
        expect(rows * layout.height + (rows - 1) * 12).toBeLessThanOrEqual(height);
      }
    }
  });

  it('stacks on a phone and sits side by side on a desk', () => {
    expect(layOut(3, 366, 640, 12).columns).toBe(1);
    expect(layOut(4, 1280, 660, 12).columns).toBe(2);
    expect(layOut(9, 1280, 660, 12).columns).toBe(3);
  });

  it('survives an area that is not laid out yet', () => {
    expect(layOut(3, 0, 0, 12)).toEqual({ columns: 1, width: 0, height: 0 });
  });
});
