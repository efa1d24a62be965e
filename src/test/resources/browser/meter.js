// Runs before the page's own scripts: counts and times every frame that a tile shows, by the user shown.
(() => {
  // The tone of the test is no speech: processing would take it for noise and silence it.
  const media = navigator.mediaDevices;
  const original = media.getUserMedia.bind(media);
  media.getUserMedia = (constraints) => {
    const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const audio =
      constraints.audio === true ? raw : constraints.audio ? { ...constraints.audio, ...raw } : constraints.audio;
    return original({ ...constraints, audio });
  };

  const frames = {};
  const watched = new WeakSet();
  const watch = (video) => {
    if (watched.has(video)) return;
    watched.add(video);
    const onFrame = (now, meta) => {
      const user = video.closest('[data-testid=tile]')?.dataset.user;
      if (user && video.checkVisibility({ opacityProperty: true })) (frames[user] ??= []).push({ shown: now, received: meta.receiveTime });
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  };
  const scan = () => document.querySelectorAll('[data-testid=tile] video').forEach(watch);
  new MutationObserver(scan).observe(document, { childList: true, subtree: true });

  const longestStep = (times) => {
    let step = { length: 0, at: 0 };
    for (let i = 1; i < times.length; i++) {
      const length = times[i] - times[i - 1];
      if (length > step.length) step = { length, at: i };
    }
    return step;
  };

  window.foyerMeter = {
    counts: (names) => names.map((name) => frames[name]?.length ?? 0),
    all: () => Object.fromEntries(Object.entries(frames).map(([name, list]) => [name, list.length])),
    now: () => performance.now(),
    // Longest time in ms between two frames shown of each user, since a point in time.
    gaps: (since) =>
      Object.fromEntries(
        Object.entries(frames).map(([name, list]) => {
          const times = list.map(({ shown }) => shown).filter((t) => t >= since - 100);
          return [name, longestStep(times).length];
        }),
      ),
    // The frames around a user's longest gap since a point in time: shown at, and how long before that received.
    around: (name, since) => {
      const list = frames[name].filter(({ shown }) => shown >= since - 100);
      const at = longestStep(list.map(({ shown }) => shown)).at;
      return list
        .slice(Math.max(0, at - 4), at + 4)
        .map(({ shown, received }) => `${Math.round(shown)}(${received ? Math.round(received - shown) : '?'})`)
        .join(' ');
    },
  };
})();
