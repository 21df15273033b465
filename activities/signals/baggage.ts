/** The headers with the experiment in `baggage` (W3C Baggage), so that a system can tell our traffic from its own. */
export function withBaggage(headers: Record<string, string>, experimentId: string): Record<string, string> {
  const ours = `gameday.experiment=${encodeURIComponent(experimentId)}`;
  const theirs = headers['baggage'];
  return { ...headers, baggage: theirs === undefined ? ours : `${theirs},${ours}` };
}
