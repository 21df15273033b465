/** Runs work and gathers what this process writes to its two outputs meanwhile. */
export async function captureOutput<Value>(work: () => Promise<Value>): Promise<{ result: Value; output: string }> {
  let output = '';
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write);
  for (const stream of streams)
    stream.write = (part: string | Uint8Array) => {
      output += typeof part === 'string' ? part : Buffer.from(part).toString('utf8');
      return true;
    };
  try {
    return { result: await work(), output };
  } finally {
    streams.forEach((stream, index) => {
      const original = originals[index];
      if (original) stream.write = original;
    });
  }
}
