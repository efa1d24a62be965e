// What the person at the page sees: one tile per other user, and whether its picture is that user's and moves.
import { ownerOf } from './camera.js';

export function createStage(meter) {
  const tiles = new Map();
  const faults = [];
  const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

  function tile(user) {
    if (!tiles.has(user)) {
      const video = document.createElement('video');
      Object.assign(video, { autoplay: true, playsInline: true, muted: true });
      video.dataset.user = user;
      document.getElementById('tiles').append(video);
      const entry = { video, frames: 0, shown: 0 };
      const count = (now) => {
        entry.frames += 1;
        entry.shown = now;
        video.requestVideoFrameCallback(count);
      };
      video.requestVideoFrameCallback(count);
      tiles.set(user, entry);
    }
    return tiles.get(user);
  }

  function pictureOf({ video }) {
    if (!video.videoWidth) return null;
    probe.drawImage(video, video.videoWidth / 4, video.videoHeight / 4, 2, 2, 0, 0, 1, 1);
    return ownerOf(probe.getImageData(0, 0, 1, 1).data);
  }

  return {
    meter,
    show(user, stream) {
      const { video } = tile(user);
      if (video.srcObject !== stream) video.srcObject = stream;
    },
    /** Adds a track to whatever is shown of a user, for clients that get tracks and no streams. */
    add(user, track) {
      const { video } = tile(user);
      video.srcObject ??= new MediaStream();
      video.srcObject.getTracks().filter(({ kind }) => kind === track.kind).forEach((old) => video.srcObject.removeTrack(old));
      video.srcObject.addTrack(track);
    },
    drop(user) {
      tiles.get(user)?.video.remove();
      tiles.delete(user);
    },
    fault(text) {
      faults.push(text);
    },
    faults: () => faults,
    users: () => [...tiles.keys()],
    frames: (users) => users.map((user) => tiles.get(user)?.frames ?? 0),
    /** True when the picture of each user named is the one that its own camera took. */
    genuine: (users) =>
      users.every((user) => tiles.has(user) && pictureOf(tiles.get(user)) === (user.startsWith('whip-') ? 'whip' : user)),
    quietFor: (user) => performance.now() - (tiles.get(user)?.shown ?? 0),
    told: () => ({
      tiles: [...tiles].map(([user, entry]) => `${user}: ${entry.frames} frames, picture of ${pictureOf(entry)}`),
      connections: meter.told(),
      refused: meter.refused(),
      faults,
    }),
  };
}
