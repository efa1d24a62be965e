// A client of seed 004: it knows the SFU and nothing of a mesh.
import { Device, io } from '/clients.js';

export function start({ server, room: callId, user: userId, media = 'true' }, stage) {
  const socket = io(server, { autoConnect: false });
  const device = new Device();
  const users = new Map();
  const consumed = new Set();
  const early = [];
  let sendTransport;
  let recvTransport;

  async function request(event, message) {
    const response = await socket.emitWithAck(event, message);
    if (!response.success) throw new Error(`${event}: ${JSON.stringify(response)}`);
    return response.data;
  }

  async function createTransport(direction) {
    const parameters = await request('createTransport', { direction });
    const transport =
      direction === 'send' ? device.createSendTransport(parameters) : device.createRecvTransport(parameters);
    stage.meter.nameNewest(direction);
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      request('connectTransport', { transportId: transport.id, dtlsParameters }).then(done, failed);
    });
    transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      request('produce', { transportId: transport.id, kind, rtpParameters, appData }).then(
        ({ producerId }) => done({ id: producerId }),
        failed,
      );
    });
    return transport;
  }

  async function subscribeToProducer({ producerId, peerId, userId: owner }) {
    if (consumed.has(producerId)) return;
    consumed.add(producerId);
    users.set(peerId, owner);
    const { rtpCapabilities } = device;
    const told = await request('consume', { transportId: recvTransport.id, producerId, rtpCapabilities });
    const { id, kind, rtpParameters } = told;
    const consumer = await recvTransport.consume({ id, producerId, kind, rtpParameters });
    stage.add(owner, consumer.track);
    await request('resumeConsumer', { consumerId: id });
  }

  socket.on('newProducer', (producer) => {
    if (recvTransport) subscribeToProducer(producer);
    else early.push(producer);
  });
  socket.on('peerJoined', ({ peerId, userId: joined }) => users.set(peerId, joined));
  socket.on('peerLeft', ({ userId: left }) => stage.drop(left));
  socket.on('error', (error) => stage.fault(JSON.stringify(error)));

  async function join() {
    socket.connect();
    const { rtpCapabilities: routerRtpCapabilities } = await request('createRoom', { callId });
    await device.load({ routerRtpCapabilities });
    await request('joinRoom', { callId, userId, rtpCapabilities: device.rtpCapabilities });
    recvTransport = await createTransport('recv');
    const { producers } = await request('getProducers', { callId });
    for (const producer of [...producers, ...early]) await subscribeToProducer(producer);
    if (media !== 'true') return;
    sendTransport = await createTransport('send');
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    for (const track of stream.getTracks()) await sendTransport.produce({ track });
  }

  return {
    joined: join(),
    async leave() {
      await new Promise((resolve) => socket.emit('leaveRoom', resolve));
      sendTransport?.close();
      recvTransport?.close();
      socket.disconnect();
    },
  };
}
