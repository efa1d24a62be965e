// Starts the client that the address names. Its parameters: dialect, server, room, user, mediaPort, and what a dialect
// reads itself. window.client is the client, window.stage what it shows and sends.
import { installCamera } from './camera.js';
import { installMeter } from './meter.js';
import { createStage } from './stage.js';

const parameters = Object.fromEntries(new URLSearchParams(location.search));
const meter = installMeter(Number(parameters.mediaPort), parameters.native === 'true');
window.camera = installCamera(parameters.user, Number(parameters.cameraDelayMs ?? 0));
window.stage = createStage(meter);

const fault = (what) => window.stage.fault(String(what));
addEventListener('error', (event) => fault(event.error ?? event.message));
addEventListener('unhandledrejection', (event) => fault(event.reason));

const { start } = await import(`./${parameters.dialect}.js`);
window.client = start(parameters, window.stage);
