import { generate } from 'selfsigned';

/** A certificate with its key, as PEM. */
export interface Certified {
  cert: string;
  private: string;
}

/** An authority, what it signed, and a stranger that nobody trusts. */
export interface Certificates {
  authority: Certified;
  server: Certified;
  client: Certified;
  /** Made for the same name by an authority of its own. */
  stranger: Certified;
}

/** Makes them anew, for 127.0.0.1 and `temporal.test`. */
export async function makeCertificates(): Promise<Certificates> {
  const [authority, other] = await Promise.all([makeAuthority('authority'), makeAuthority('other authority')]);
  const [server, client, stranger] = await Promise.all([
    sign(authority, 'temporal.test', 'serverAuth'),
    sign(authority, 'gameday', 'clientAuth'),
    sign(other, 'gameday', 'clientAuth'),
  ]);
  return { authority, server, client, stranger };
}

function makeAuthority(name: string): Promise<Certified> {
  return generate([{ name: 'commonName', value: name }], {
    ...{ keyType: 'ec', algorithm: 'sha256' },
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
}

function sign(by: Certified, name: string, purpose: 'serverAuth' | 'clientAuth'): Promise<Certified> {
  return generate([{ name: 'commonName', value: name }], {
    ...{ keyType: 'ec', algorithm: 'sha256' },
    ca: { key: by.private, cert: by.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', [purpose]: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'temporal.test' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
}
