"""A WHIP or WHEP session over urllib: what both scripts have in common."""

import asyncio
import json
import sys
import urllib.parse
import urllib.request


def say(**fact):
    """One JSON object a line: what the test reads."""
    print(json.dumps(fact), flush=True)


class HttpSession:
    """Posts the offer of a peer connection and applies the answer."""

    def __init__(self, endpoint, token):
        self._endpoint = endpoint
        self._headers = {"Authorization": "Bearer " + token} if token else {}
        self._location = None

    async def open(self, connection):
        await connection.setLocalDescription(await connection.createOffer())
        response, answer = await asyncio.to_thread(
            self._send, "POST", self._endpoint, connection.localDescription.sdp
        )
        self._location = urllib.parse.urljoin(self._endpoint, response.headers["Location"])
        say(event="opened", status=response.status, location=self._location, etag=response.headers["ETag"])
        return answer

    async def close(self):
        response, _ = await asyncio.to_thread(self._send, "DELETE", self._location, None)
        say(event="closed", status=response.status)

    def _send(self, method, url, sdp):
        headers = dict(self._headers)
        if sdp is not None:
            headers["Content-Type"] = "application/sdp"
        request = urllib.request.Request(
            url, method=method, headers=headers, data=None if sdp is None else sdp.encode()
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            return response, response.read().decode()


async def end_of_input():
    """Waits until the test closes standard input."""
    await asyncio.to_thread(sys.stdin.read)
