// A client of seed 001, as its Flutter guide writes it: requests without acknowledgement, results as events. With the
// parameter `acks` it passes callbacks instead.
import { Device, io } from '/clients.js';

export function start({ server, room: roomId, user, namespace = '/ws', acks = 'false', media = 'true' }, stage) {
  const socket = io(server.replace('http', 'ws') + namespace, { transports: ['websocket'], auth: { token: '' } });
  const device = new Device();
  const consumers = new Map();
  const owners = new Map();
  let turn = Promise.resolve();
  let sendTransport;
  let recvTransport;

  /** One request at a time: a result event does not say which request it answers. */
  function request(event, message, result) {
    const ask = () =>
      acks === 'true'
        ? socket.emitWithAck(event, { roomId, ...message }).then((reply) => {
            if (!reply.success) throw new Error(`${event}: ${JSON.stringify(reply)}`);
            return reply;
          })
        : new Promise((resolve) => {
            socket.once(result, resolve);
            socket.emit(event, { roomId, ...message });
          });
    const answer = turn.then(ask);
    turn = answer.catch(() => {});
    return answer;
  }

  async function createTransport(direction) {
    const { transport } = await request('mediasoup:create-transport', { direction }, 'mediasoup:transport-created');
    const created = direction === 'send' ? device.createSendTransport(transport) : device.createRecvTransport(transport);
    stage.meter.nameNewest(direction);
    created.on('connect', ({ dtlsParameters }, done, failed) => {
      request(
        'mediasoup:connect-transport',
        { transportId: created.id, dtlsParameters },
        'mediasoup:transport-connected',
      ).then(done, failed);
    });
    created.on('produce', ({ kind, rtpParameters }, done, failed) => {
      request(
        'mediasoup:create-producer',
        { transportId: created.id, kind, rtpParameters },
        'mediasoup:producer-created',
      ).then(({ producer }) => done({ id: producer.id }), failed);
    });
    return created;
  }

  async function consume(producerId, participantId) {
    if (owners.has(producerId)) return;
    owners.set(producerId, participantId);
    const { consumer: told } = await request(
      'mediasoup:create-consumer',
      { transportId: recvTransport.id, producerId, rtpCapabilities: device.rtpCapabilities },
      'mediasoup:consumer-created',
    );
    const consumer = await recvTransport.consume(told);
    consumers.set(consumer.id, consumer);
    stage.add(participantId, consumer.track);
    await request('mediasoup:resume-consumer', { consumerId: consumer.id }, 'mediasoup:consumer-resumed');
  }

  const early = [];
  socket.on('mediasoup:new-producer', ({ producer }) => {
    if (recvTransport) consume(producer.id, producer.participantId);
    else early.push(producer);
  });
  socket.on('mediasoup:consumer-closed', ({ consumerId }) => {
    consumers.get(consumerId)?.close();
    consumers.delete(consumerId);
  });
  socket.on('mediasoup:participant-left', ({ participantId }) => stage.drop(participantId));
  socket.on('error', (error) => stage.fault(JSON.stringify(error)));

  async function join() {
    await request('mediasoup:create-room', { options: { maxParticipants: 10 } }, 'mediasoup:room-created');
    const { room } = await request(
      'mediasoup:join-room',
      { participantData: { id: user, name: user, platform: 'browser' } },
      'mediasoup:room-joined',
    );
    await device.load({ routerRtpCapabilities: room.rtpCapabilities });
    recvTransport = await createTransport('recv');
    for (const { id, producers } of room.participants) {
      if (id !== user) for (const producer of producers ?? []) await consume(producer.id, id);
    }
    for (const { id, participantId } of early) await consume(id, participantId);
    if (media !== 'true') return;
    sendTransport = await createTransport('send');
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    for (const track of stream.getTracks()) await sendTransport.produce({ track });
  }

  return {
    joined: join(),
    async leave() {
      await request('mediasoup:leave-room', {}, 'mediasoup:room-left');
      sendTransport?.close();
      recvTransport?.close();
      socket.disconnect();
    },
  };
}
