import type { Access, KubernetesClient } from './kubernetes-client';

/** Something we have to be allowed to do in a namespace, as `verb group/resource` with `''` for the core group. */
export type Permission = [verb: string, group: string, resource: string];

/** What finding, tagging and sweeping need, whatever the harm. */
export const commonPermissions: Permission[] = [
  ['get', 'apps', 'deployments'],
  ['list', 'apps', 'deployments'],
  ['patch', 'apps', 'deployments'],
  ['list', '', 'pods'],
];

/** A sentence for each permission that we lack; asks the API server, which changes nothing. */
export async function permissionRefusals(
  namespace: string,
  permissions: Permission[],
  client: KubernetesClient,
): Promise<string[]> {
  const answers = await Promise.all(
    permissions.map(async ([verb, group, full]) => {
      const [resource = '', subresource] = full.split('/');
      const access: Access = { namespace, verb, group, resource, ...(subresource !== undefined && { subresource }) };
      if (await client.mayI(access)) return [];
      return [`we may not ${verb} ${full} in namespace ${namespace}; grant it in its role`];
    }),
  );
  return answers.flat();
}
