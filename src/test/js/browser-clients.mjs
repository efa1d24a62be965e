// What the pages under src/test/resources/browser/dialects use, bundled into dist/clients.js by `npm run bundle`.
export { Device } from "mediasoup-client";
export { io } from "socket.io-client";
