// A camera whose picture says whose it is: the upper half is a colour of the user's own, the lower half noise that
// costs bits. Small and slow, because one machine encodes and decodes all of it.
const WIDTH = 160;
const HEIGHT = 120;
const FRAMES_PER_SECOND = 12;

const COLOURS = {
  ada: [220, 30, 30],
  grace: [240, 130, 20],
  edith: [30, 30, 220],
  joan: [220, 210, 30],
  radia: [210, 30, 210],
  mary: [30, 200, 210],
  // What aiortc's own video track sends: luma and chroma all zero.
  whip: [0, 135, 0],
  nobody: [0, 0, 0],
};

/** Whose camera took a picture of this colour. */
export function ownerOf([red, green, blue]) {
  const distance = ([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
  return Object.entries(COLOURS).sort(([, one], [, other]) => distance(one) - distance(other))[0][0];
}

/** Replaces the machine's camera. The promise of one that is asked for resolves `delayMs` later. */
export function installCamera(user, delayMs) {
  const media = navigator.mediaDevices;
  const original = media.getUserMedia.bind(media);
  media.getUserMedia = async ({ audio, video }) => {
    if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
    const tracks = [];
    // The tone of the test is no speech: processing would take it for noise and silence it.
    if (audio) {
      const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      tracks.push(...(await original({ audio: raw })).getTracks());
    }
    if (video) tracks.push(...film(COLOURS[user]).getTracks());
    return new MediaStream(tracks);
  };
}

function film([red, green, blue]) {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  const draw = () => {
    context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    for (let i = 0; i < 60; i++) {
      context.fillStyle = `hsl(${Math.random() * 360}, 50%, 50%)`;
      context.fillRect(Math.random() * WIDTH, HEIGHT / 2 + 8 + Math.random() * (HEIGHT / 2), 12, 12);
    }
  };
  draw();
  setInterval(draw, 1000 / FRAMES_PER_SECOND);
  return canvas.captureStream(FRAMES_PER_SECOND);
}
