/** From this many others on, everybody's tile is small. */
const GROUP = 2;

/** By how much each side of the camera's picture is reduced before it is encoded. */
export function cameraScale(others: number): number {
  return others >= GROUP ? 1.5 : 1;
}

/** Has a sender reduce its picture. A sender that is not negotiated yet, or gone, is left alone. */
export async function applyScale(sender: RTCRtpSender, scale: number): Promise<void> {
  const parameters = sender.getParameters();
  const encoding = parameters.encodings?.[0];
  if (!encoding || (encoding.scaleResolutionDownBy ?? 1) === scale) return;
  encoding.scaleResolutionDownBy = scale;
  // Refused when a negotiation has come between; it is applied again after that.
  await sender.setParameters(parameters).catch(() => {});
}
