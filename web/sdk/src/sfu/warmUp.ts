import type { types } from 'mediasoup-client';
import { asError } from '../errors.ts';

/** Of a stream that nobody sends. */
const SSRC = 0x464f5952;
const ID = 'warm-up';

/**
 * Connects a receiving transport before there is anything to receive.
 *
 * mediasoup-client connects one on its first consumer. A consumer that only this side knows of is enough: no packet ever
 * comes for it, but ICE and DTLS are done with when the first real one is made.
 */
export async function warmUp(
  transport: types.Transport,
  capabilities: types.RtpCapabilities,
): Promise<Error | undefined> {
  const codec = capabilities.codecs?.find(({ kind }) => kind === 'audio');
  if (codec?.preferredPayloadType === undefined) return undefined;
  const { mimeType, preferredPayloadType: payloadType, clockRate, channels } = codec;
  try {
    await transport.consume({
      id: ID,
      producerId: ID,
      kind: 'audio',
      rtpParameters: {
        mid: ID,
        codecs: [{ mimeType, payloadType, clockRate, ...(channels === undefined ? {} : { channels }) }],
        headerExtensions: [],
        encodings: [{ ssrc: SSRC }],
        rtcp: { cname: ID, reducedSize: true },
      },
    });
    return undefined;
  } catch (error) {
    return asError(error);
  }
}
