// The client of seed 003 (WebRTCService) and an app around it, which hears of joins and leaves and decides who offers:
// the parameter `offers` is "newcomer" or "existing".
import { io } from '/clients.js';

class WebRTCService {
  localStream;
  peerConnections = new Map();
  onRemoteStream;

  constructor(socket) {
    this.socket = socket;
    this.setupSocketListeners();
  }

  async initializeMedia(
    constraints = {
      video: { width: 1920, height: 1080, frameRate: 60 },
      audio: { echoCancellation: true, noiseSuppression: true },
    },
  ) {
    this.localStream = await navigator.mediaDevices.getUserMedia(constraints);
    return this.localStream;
  }

  async createPeerConnection(userId) {
    // The seed names public STUN and TURN servers here; a test stays on its machine.
    const pc = new RTCPeerConnection({ iceServers: [], iceCandidatePoolSize: 10 });
    stage.meter.name(pc, userId);
    const stream = this.localStream;
    if (stream) stream.getTracks().forEach((track) => pc.addTrack(track, stream));
    pc.onicecandidate = (event) => {
      if (event.candidate) this.socket.emit('ice-candidate', { targetUserId: userId, candidate: event.candidate });
    };
    pc.ontrack = (event) => {
      const [remoteStream] = event.streams;
      this.onRemoteStream?.(userId, remoteStream);
    };
    pc.onconnectionstatechange = () => {
      if (pc.connectionState === 'failed') this.handleConnectionFailure(userId);
    };
    this.peerConnections.set(userId, pc);
    return pc;
  }

  async handleConnectionFailure(userId) {
    const pc = this.peerConnections.get(userId);
    if (pc) {
      const offer = await pc.createOffer({ iceRestart: true });
      await pc.setLocalDescription(offer);
      this.socket.emit('webrtc-offer', { targetUserId: userId, offer });
    }
  }

  setupSocketListeners() {
    this.socket.on('webrtc-offer', async ({ fromUserId, offer }) => {
      // A connection for every offer, and the one before it stays open.
      const pc = await this.createPeerConnection(fromUserId);
      await pc.setRemoteDescription(offer);
      const answer = await pc.createAnswer();
      await pc.setLocalDescription(answer);
      this.socket.emit('webrtc-answer', { targetUserId: fromUserId, answer });
    });
    this.socket.on('webrtc-answer', async ({ fromUserId, answer }) => {
      const pc = this.peerConnections.get(fromUserId);
      if (pc) await pc.setRemoteDescription(answer);
    });
    this.socket.on('ice-candidate', async ({ fromUserId, candidate }) => {
      const pc = this.peerConnections.get(fromUserId);
      if (pc) await pc.addIceCandidate(candidate);
    });
  }
}

export function start(
  { server, room: roomId, user: userId, role, type = 'cinema', offers = 'newcomer', media = 'true' },
  stage,
) {
  const socket = io(server, { autoConnect: false, transports: ['websocket', 'polling'] });
  const service = new WebRTCService(socket);
  service.onRemoteStream = (user, stream) => stage.show(user, stream);
  const transports = [];
  const mediaState = { video: media === 'true', audio: media === 'true', screenShare: false, quality: 'low' };

  async function call(targetUserId) {
    const pc = await service.createPeerConnection(targetUserId);
    const offer = await pc.createOffer({ offerToReceiveAudio: true, offerToReceiveVideo: true });
    await pc.setLocalDescription(offer);
    socket.emit('webrtc-offer', { targetUserId, offer });
  }

  socket.on('user-joined', async ({ userId: newcomer }) => {
    if (offers === 'existing') await call(newcomer);
  });
  socket.on('user-left', ({ userId: left }) => {
    service.peerConnections.get(left)?.close();
    service.peerConnections.delete(left);
    stage.drop(left);
  });
  socket.on('transport-created', (transport) => transports.push(transport));
  socket.on('error', (error) => stage.fault(JSON.stringify(error)));

  async function join() {
    if (mediaState.video) await service.initializeMedia();
    socket.connect();
    const state = new Promise((resolve) => socket.once('room-state', resolve));
    socket.emit('join-room', { roomId, userId, mediaState, role, type });
    const { participants } = await state;
    if (offers === 'newcomer') {
      for (const participant of participants) {
        if (participant.userId !== userId) await call(participant.userId);
      }
    }
  }

  return {
    joined: join(),
    transports: () => transports,
    leave() {
      socket.emit('leave-room', { roomId });
      socket.disconnect();
      [...service.peerConnections.values()].forEach((pc) => pc.close());
    },
  };
}
