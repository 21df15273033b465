import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { Invalid } from '../refused';
import type { Library } from './library';
import type { KubernetesConnection } from './system';

/** The client configuration that a connection stands for; Invalid, without any of its text, when it is not usable. */
export function readKubeconfig({ KubeConfig }: Library, connection: KubernetesConnection): KubeConfig {
  const config = new KubeConfig();
  const { kubeconfig, context } = connection;
  if (kubeconfig === undefined) load(config, connection);
  else
    try {
      config.loadFromString(kubeconfig);
    } catch {
      // The parser's own words quote the text.
      throw new Invalid('cannot connect to Kubernetes: the kubeconfig cannot be read; correct connections.kubernetes');
    }
  if (context !== undefined) config.setCurrentContext(context);
  assertSafe(config);
  return config;
}

function load(config: KubeConfig, { server = '', ca, token = '' }: KubernetesConnection): void {
  const data = ca === undefined ? {} : { caData: Buffer.from(ca).toString('base64') };
  config.loadFromClusterAndUser({ name: 'cluster', server, skipTLSVerify: false, ...data }, { name: 'user', token });
}

/** A cluster whose identity is not verified could be anybody, and would be handed the token. */
function assertSafe(config: KubeConfig): void {
  const cluster = config.getCurrentCluster();
  const doing = 'cannot connect to Kubernetes';
  if (cluster === null) throw new Invalid(`${doing}: the kubeconfig has no such context; name one that it has`);
  if (!cluster.server.startsWith('https://')) throw new Invalid(`${doing}: its address is not https; use one that is`);
  if (cluster.skipTLSVerify)
    throw new Invalid(`${doing}: the kubeconfig switches verification off; give the certificate authority instead`);
}

/** Every secret of a configuration, so that none gets into a message. */
export function secretsIn(config: KubeConfig): string[] {
  const user = config.getCurrentUser();
  return [user?.token, user?.password, user?.keyData].flatMap((secret) => secret || []);
}
