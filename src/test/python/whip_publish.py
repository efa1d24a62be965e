"""Publishes silence and a plain picture by WHIP until standard input ends.

usage: whip_publish.py ENDPOINT [TOKEN]
"""

import asyncio
import sys

from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

from http_session import HttpSession, end_of_input, say


async def main(endpoint, token=None):
    connection = RTCPeerConnection()
    connection.addTransceiver(AudioStreamTrack(), direction="sendonly")
    connection.addTransceiver(VideoStreamTrack(), direction="sendonly")

    @connection.on("connectionstatechange")
    def changed():
        say(event="state", state=connection.connectionState)

    session = HttpSession(endpoint, token)
    answer = await session.open(connection)
    await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    await end_of_input()
    await session.close()
    await connection.close()


asyncio.run(main(*sys.argv[1:]))
