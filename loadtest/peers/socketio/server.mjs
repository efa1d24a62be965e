// A signaling relay as it is usually written on socket.io: rooms by name, messages to one socket of the sender's choice.
// It keeps no more state and writes no more than it must, and logs nothing per message. The first line that it prints
// says where it listens.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { maxHttpBufferSize: 1e6 });

// The clients of the `signaling` dialect.
const participants = new Map();
io.of('/signaling').on('connection', (socket) => {
  socket.on('join-room', ({ roomId, userId, role }) => {
    socket.join(roomId);
    const room = participants.get(roomId) ?? new Map();
    participants.set(roomId, room);
    for (const other of room.values()) {
      socket.emit('peer-joined', { peerId: other.socketId, userId: other.userId, role: other.role });
    }
    room.set(socket.id, { socketId: socket.id, userId, role });
    socket.emit('room-joined', { roomId, userId, role, success: true });
    socket.to(roomId).emit('peer-joined', { peerId: socket.id, userId, role });
  });
  for (const event of ['offer', 'answer']) {
    socket.on(event, ({ to, sdp, type }) => {
      socket.to(to).emit(event, { from: socket.id, sdp, type });
    });
  }
  socket.on('ice-candidate', ({ to, candidate, sdpMid, sdpMLineIndex }) => {
    socket.to(to).emit('ice-candidate', { from: socket.id, candidate, sdpMid, sdpMLineIndex });
  });
  socket.on('disconnect', () => {
    for (const [roomId, room] of participants) {
      const left = room.get(socket.id);
      if (left && room.delete(socket.id)) {
        socket.to(roomId).emit('peer-left', { peerId: socket.id, userId: left.userId });
      }
      if (room.size === 0) {
        participants.delete(roomId);
      }
    }
  });
});

// The mesh signals of the `call` dialect.
io.on('connection', (socket) => {
  socket.on('joinRoom', ({ callId, userId }, acknowledge) => {
    socket.join(callId);
    acknowledge({ success: true, data: { peerId: socket.id, mode: 'p2p', epoch: 1 } });
    socket.to(callId).emit('peerJoined', { peerId: socket.id, userId });
  });
  socket.on('signal', ({ to, epoch, description, candidate }) => {
    socket.to(to).emit('signal', { from: socket.id, epoch, description, candidate });
  });
});

http.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`socket.io at http://127.0.0.1:${http.address().port}`);
});
