/** The kubeconfig of whoever has this token; JSON is YAML. */
export function kubeconfigOf({ url, ca, token }: { url: string; ca: string; token: string }): string {
  const data = Buffer.from(ca).toString('base64');
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'fake' },
    clusters: [{ name: 'fake', cluster: { server: url, 'certificate-authority-data': data } }],
    users: [{ name: 'fake', user: { token } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
  });
}
