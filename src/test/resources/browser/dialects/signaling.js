// The client of seed 000: its calls in its order, with its delays and its omissions.
import { io } from '/clients.js';

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const within = (ms, promise, text) =>
  Promise.race([promise, delay(ms).then(() => Promise.reject(new Error(text)))]);

class SignalingClient {
  socket = null;
  peerConnections = new Map();
  remoteStreams = new Map();
  localStream = null;
  isConnected = false;
  currentRoom = null;
  userId = null;
  userRole = null;
  mySocketId = null;
  connectedPeers = new Set();
  peerMetadata = new Map();
  iceCandidateBuffers = new Map();
  remoteDescriptionStates = new Map();

  onRemoteStream = () => {};
  onPeerLeft = () => {};
  onError = () => {};

  async connect(serverUrl, room, userId, { audioOnly = true, role = 'audience' } = {}) {
    try {
      if (this.isConnected && this.socket?.connected && this.currentRoom === room) return;
      if (this.socket !== null || this.currentRoom !== room) {
        this.forceDisconnect();
        await delay(500);
      }
      this.currentRoom = room;
      this.userId = userId;
      this.userRole = role;

      this.socket = io(`${serverUrl}/signaling`, {
        transports: ['websocket', 'polling'],
        autoConnect: false,
        timeout: 20000,
        forceNew: true,
        upgrade: true,
      });
      this.setupSocketListeners();
      this.socket.connect();
      await this.waitForConnection();

      this.socket.emit('join-room', { roomId: room, userId, role });
      await within(10000, new Promise((joined) => this.socket.once('room-joined', joined)), 'Failed to join room');

      if (role !== 'audience' || !audioOnly) await this.initializeMedia(audioOnly);
      this.isConnected = true;
    } catch (e) {
      this.onError(String(e));
      throw e;
    }
  }

  setupSocketListeners() {
    this.socket.on('connect', () => {
      this.mySocketId = this.socket.id;
    });
    this.socket.on('disconnect', () => this.handleDisconnection());

    this.socket.on('room-joined', async (data) => {
      for (const peer of data.participants ?? []) {
        const { socketId: peerId, userId, role } = peer;
        if (this.connectedPeers.has(peerId)) continue;
        this.connectedPeers.add(peerId);
        this.peerMetadata.set(peerId, { userId, role });
        await this.createPeerConnectionForPeer(peerId);
        await delay(500);
        await this.createAndSendOffer(peerId);
      }
    });

    this.socket.on('peer-joined', async ({ peerId, userId, role }) => {
      if (peerId === this.mySocketId) return;
      if (this.connectedPeers.has(peerId)) return;
      this.connectedPeers.add(peerId);
      this.peerMetadata.set(peerId, { userId, role });
      await this.createPeerConnectionForPeer(peerId);
      await delay(500);
      await this.createAndSendOffer(peerId);
    });

    this.socket.on('peer-left', ({ peerId }) => {
      const userId = this.peerMetadata.get(peerId)?.userId;
      this.cleanupPeerConnection(peerId);
      this.onPeerLeft(peerId, userId);
    });

    this.socket.on('offer', (data) => this.handleOffer(data, data.from));
    this.socket.on('answer', (data) => this.handleAnswer(data, data.from));
    this.socket.on('ice-candidate', (data) => this.handleIceCandidate(data, data.from));
    this.socket.on('error', (error) => this.onError(JSON.stringify(error)));
  }

  async initializeMedia(audioOnly) {
    if (this.userRole === 'audience' && audioOnly) return;
    this.localStream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      video: audioOnly
        ? false
        : { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 }, facingMode: 'user' },
    });
  }

  async createPeerConnectionForPeer(peerId) {
    try {
      if (this.peerConnections.has(peerId)) {
        if (this.peerConnections.get(peerId).connectionState !== 'closed') return;
        this.cleanupPeerConnection(peerId);
      }
      // The seed names public STUN servers here; a test stays on its machine.
      const peerConnection = new RTCPeerConnection({ iceServers: [] });
      this.peerConnections.set(peerId, peerConnection);
      stage.meter.name(peerConnection, this.peerMetadata.get(peerId)?.userId ?? peerId);

      peerConnection.onicecandidate = ({ candidate }) => {
        if (!candidate) return;
        this.socket.emit('ice-candidate', {
          to: peerId,
          from: this.mySocketId,
          candidate: {
            candidate: candidate.candidate,
            sdpMid: candidate.sdpMid,
            sdpMLineIndex: candidate.sdpMLineIndex,
          },
        });
      };
      peerConnection.ontrack = (event) => {
        if (event.streams.length === 0) return;
        const [stream] = event.streams;
        this.remoteStreams.set(peerId, stream);
        const metadata = this.peerMetadata.get(peerId);
        this.onRemoteStream(peerId, stream, metadata?.userId, metadata?.role);
      };
      await this.addLocalStreamToPeer(peerId);
      await this.processBufferedCandidatesForPeer(peerId);
    } catch (e) {
      stage.fault(`connection for ${peerId}: ${e}`);
    }
  }

  async addLocalStreamToPeer(peerId) {
    const peerConnection = this.peerConnections.get(peerId);
    if (!peerConnection) return;
    if (this.localStream !== null) {
      for (const track of this.localStream.getAudioTracks()) peerConnection.addTrack(track, this.localStream);
      for (const track of this.localStream.getVideoTracks()) peerConnection.addTrack(track, this.localStream);
    } else if (this.userRole === 'audience') {
      peerConnection.addTransceiver('video', { direction: 'recvonly' });
      peerConnection.addTransceiver('audio', { direction: 'recvonly' });
    }
  }

  async createAndSendOffer(targetPeerId) {
    try {
      const peerConnection = this.peerConnections.get(targetPeerId);
      if (!peerConnection) return;
      const offer = await peerConnection.createOffer();
      await peerConnection.setLocalDescription(offer);
      this.socket.emit('offer', { sdp: offer.sdp, type: offer.type, to: targetPeerId, from: this.mySocketId });
    } catch (e) {
      stage.fault(`offer to ${targetPeerId}: ${e}`);
    }
  }

  async handleOffer(data, fromPeerId) {
    try {
      let peerConnection = this.peerConnections.get(fromPeerId);
      if (!peerConnection) {
        await this.createPeerConnectionForPeer(fromPeerId);
        peerConnection = this.peerConnections.get(fromPeerId);
      }
      if (!peerConnection) return;
      await peerConnection.setRemoteDescription({ sdp: data.sdp, type: data.type });
      this.remoteDescriptionStates.set(fromPeerId, true);
      const answer = await peerConnection.createAnswer();
      await peerConnection.setLocalDescription(answer);
      this.socket.emit('answer', { sdp: answer.sdp, type: answer.type, to: fromPeerId, from: this.mySocketId });
    } catch (e) {
      stage.fault(`offer of ${fromPeerId}: ${e}`);
    }
  }

  async handleAnswer(data, fromPeerId) {
    try {
      const peerConnection = this.peerConnections.get(fromPeerId);
      if (!peerConnection) return;
      await peerConnection.setRemoteDescription({ sdp: data.sdp, type: data.type });
      this.remoteDescriptionStates.set(fromPeerId, true);
      await this.processBufferedCandidatesForPeer(fromPeerId);
    } catch (e) {
      stage.fault(`answer of ${fromPeerId}: ${e}`);
    }
  }

  async handleIceCandidate(data, fromPeerId) {
    try {
      const peerConnection = this.peerConnections.get(fromPeerId);
      if (!peerConnection) return;
      const { candidate, sdpMid, sdpMLineIndex } = data.candidate;
      if (this.remoteDescriptionStates.get(fromPeerId) !== true) {
        if (!this.iceCandidateBuffers.has(fromPeerId)) this.iceCandidateBuffers.set(fromPeerId, []);
        this.iceCandidateBuffers.get(fromPeerId).push({ candidate, sdpMid, sdpMLineIndex });
      } else {
        await peerConnection.addIceCandidate({ candidate, sdpMid, sdpMLineIndex });
      }
    } catch (e) {
      stage.fault(`candidate of ${fromPeerId}: ${e}`);
    }
  }

  async processBufferedCandidatesForPeer(peerId) {
    const buffered = this.iceCandidateBuffers.get(peerId);
    if (!buffered?.length) return;
    const peerConnection = this.peerConnections.get(peerId);
    if (!peerConnection) return;
    for (const candidate of buffered) {
      try {
        await peerConnection.addIceCandidate(candidate);
      } catch (e) {
        stage.fault(`buffered candidate of ${peerId}: ${e}`);
      }
    }
    this.iceCandidateBuffers.set(peerId, []);
  }

  cleanupPeerConnection(peerId) {
    this.peerConnections.get(peerId)?.close();
    this.peerConnections.delete(peerId);
    this.remoteStreams.delete(peerId);
    this.iceCandidateBuffers.delete(peerId);
    this.remoteDescriptionStates.delete(peerId);
    this.connectedPeers.delete(peerId);
    this.peerMetadata.delete(peerId);
  }

  async waitForConnection() {
    const connected = this.socket.connected || new Promise((resolve) => this.socket.once('connect', resolve));
    await within(10000, Promise.resolve(connected), 'Socket connection timeout');
  }

  handleDisconnection() {
    this.isConnected = false;
    for (const peerId of [...this.peerConnections.keys()]) this.cleanupPeerConnection(peerId);
    this.localStream?.getTracks().forEach((track) => track.stop());
    this.localStream = null;
  }

  forceDisconnect() {
    this.socket?.disconnect();
    this.socket = null;
    this.handleDisconnection();
    this.currentRoom = null;
    this.userId = null;
    this.userRole = null;
    this.mySocketId = null;
  }
}

export function start({ server, room, user, role = 'speaker' }, stage) {
  const client = new SignalingClient();
  client.onRemoteStream = (peerId, stream, userId) => stage.show(userId ?? peerId, stream);
  client.onPeerLeft = (peerId, userId) => stage.drop(userId ?? peerId);
  client.onError = (error) => stage.fault(error);
  return {
    joined: client.connect(server, room, user, { audioOnly: role === 'audience', role }),
    leave: () => client.forceDisconnect(),
  };
}
