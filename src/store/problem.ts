/** The code and message of whatever was thrown, by shape and not by class: some engines throw errors of their own. */
export function problemOf(error: unknown): { code: string; message: string } {
  if (typeof error !== 'object' || error === null) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return { code, message: message || code || 'no reason was given' };
}
