// A client of seed 002. Who offers is the app's convention: the parameter `offers` is "newcomer" or "existing".
import { io } from '/clients.js';

export function start({ server, room: callRoomId, user: userId, role, offers = 'newcomer', media = 'true' }, stage) {
  const socket = io(server, { autoConnect: false });
  const connections = new Map();
  const users = new Map();
  let localStream = null;

  function connectionTo(socketId) {
    if (connections.has(socketId)) return connections.get(socketId);
    const rtcPeerConnection = new RTCPeerConnection({ iceServers: [] });
    connections.set(socketId, rtcPeerConnection);
    stage.meter.name(rtcPeerConnection, users.get(socketId) ?? socketId);
    localStream?.getTracks().forEach((track) => rtcPeerConnection.addTrack(track, localStream));
    rtcPeerConnection.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
      const { sdpMid, sdpMLineIndex } = candidate;
      socket.emit('webrtc:ice-candidate', { callRoomId, targetSocketId: socketId, candidate, sdpMid, sdpMLineIndex });
    };
    rtcPeerConnection.ontrack = ({ streams: [stream] }) => stage.show(users.get(socketId) ?? socketId, stream);
    return rtcPeerConnection;
  }

  async function call(socketId) {
    const rtcPeerConnection = connectionTo(socketId);
    const offer = await rtcPeerConnection.createOffer({ offerToReceiveAudio: true, offerToReceiveVideo: true });
    await rtcPeerConnection.setLocalDescription(offer);
    socket.emit('webrtc:offer', { callRoomId, targetSocketId: socketId, offer: rtcPeerConnection.localDescription });
  }

  function hangUp(socketId) {
    connections.get(socketId)?.close();
    connections.delete(socketId);
    stage.drop(users.get(socketId) ?? socketId);
  }

  socket.on('webrtc:participant-joined', async ({ participant }) => {
    users.set(participant.socketId, participant.userId);
    if (offers === 'existing') await call(participant.socketId);
  });
  socket.on('webrtc:participant-left', ({ participant }) => hangUp(participant.socketId));
  socket.on('webrtc:offer', async (data) => {
    users.set(data.fromSocketId, data.fromUserId);
    const rtcPeerConnection = connectionTo(data.fromSocketId);
    await rtcPeerConnection.setRemoteDescription(data.offer);
    const answer = await rtcPeerConnection.createAnswer();
    await rtcPeerConnection.setLocalDescription(answer);
    socket.emit('webrtc:answer', { callRoomId: data.callRoomId, targetSocketId: data.fromSocketId, answer });
  });
  socket.on('webrtc:answer', async ({ fromSocketId, answer }) => {
    await connections.get(fromSocketId)?.setRemoteDescription(answer);
  });
  socket.on('webrtc:ice-candidate', async ({ fromSocketId, candidate }) => {
    await connections.get(fromSocketId)?.addIceCandidate(candidate);
  });
  socket.on('webrtc:signaling-error', (error) => stage.fault(JSON.stringify(error)));

  async function join() {
    if (media === 'true') localStream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    socket.connect();
    const joined = new Promise((resolve) => socket.once('webrtc:room-joined', resolve));
    socket.emit('webrtc:join-room', { callRoomId, callType: 'video', userId, role, metadata: { groupId: 'group' } });
    const { existingParticipants } = await joined;
    existingParticipants.forEach((participant) => users.set(participant.socketId, participant.userId));
    if (offers === 'newcomer') {
      for (const { socketId } of existingParticipants) await call(socketId);
    }
  }

  return {
    joined: join(),
    async leave() {
      const left = new Promise((resolve) => socket.once('webrtc:room-left', resolve));
      socket.emit('webrtc:leave-room', { callRoomId });
      await left;
      [...connections.keys()].forEach(hangUp);
      socket.disconnect();
    },
  };
}
