"""Receives a room by WHEP until standard input ends, and says how many frames of each kind it has decoded.

usage: whep_watch.py ENDPOINT [TOKEN]
"""

import asyncio
import sys

from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError

from http_session import HttpSession, end_of_input, say


async def count(track):
    frames = 0
    try:
        while True:
            await track.recv()
            frames += 1
            say(event="frames", kind=track.kind, frames=frames)
    except MediaStreamError:
        say(event="ended", kind=track.kind)


async def main(endpoint, token=None):
    connection = RTCPeerConnection()
    connection.addTransceiver("audio", direction="recvonly")
    connection.addTransceiver("video", direction="recvonly")
    counting = []

    @connection.on("connectionstatechange")
    def changed():
        say(event="state", state=connection.connectionState)

    @connection.on("track")
    def track(received):
        counting.append(asyncio.ensure_future(count(received)))

    session = HttpSession(endpoint, token)
    answer = await session.open(connection)
    await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    await end_of_input()
    await session.close()
    await connection.close()


asyncio.run(main(*sys.argv[1:]))
