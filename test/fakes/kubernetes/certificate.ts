import { generate } from 'selfsigned';

/** A certificate that signs itself, good for the loopback and for one day; `ca` is the certificate to trust. */
export interface Certificate {
  ca: string;
  key: string;
}

/** Makes a certificate for 127.0.0.1, ::1 and localhost with a key of its own. */
export async function makeCertificate(): Promise<Certificate> {
  const dayMs = 86_400_000;
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'fake-kubernetes' }], {
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + dayMs),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { ca: cert, key };
}
