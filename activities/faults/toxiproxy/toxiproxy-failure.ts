/** A request to Toxiproxy that was not granted: `refused` for good, or for a reason that may pass. */
export class ToxiproxyFailure extends Error {
  override readonly name = 'ToxiproxyFailure';

  constructor(
    readonly isFinal: boolean,
    message: string,
  ) {
    super(message);
  }
}
