import { tmpdir } from 'node:os';
import { serve, type Served } from '../api/serve';
import { fakeWorld } from './fake-world';
import { refuseOtherEnvironments } from '../../src/cli/refuse-other-environments';

describe('GAMEDAY_ENVIRONMENTS beside an API that runs here', () => {
  let served: Served;

  beforeEach(async () => {
    const directory = tmpdir();
    served = await serve({ environments: { directory, names: async () => ['demo'], isWhole: async () => true } });
  });

  afterEach(() => served.app.close());

  async function asking(askedEnvironmentsDir: string, pid?: number): Promise<void> {
    const access = { url: served.url, token: 'token-of-ada', ...(pid === undefined ? {} : { pid }) };
    const world = await fakeWorld(access);
    await refuseOtherEnvironments(
      { ...world, settings: { ...world.settings, askedEnvironmentsDir } },
      'Could not start',
    );
  }

  test('is refused when the API reads another folder, with both and the process to stop', async () => {
    await expect(asking('/elsewhere', 4711)).rejects.toMatchObject({
      why: `the API that runs here (process 4711) reads ${tmpdir()}, and GAMEDAY_ENVIRONMENTS asks for /elsewhere`,
      help: expect.stringContaining('kill 4711'),
    });
  });

  test('is no matter where the API reads the same folder or runs elsewhere', async () => {
    await expect(asking(tmpdir(), 4711)).resolves.toBeUndefined();
    await expect(asking('/elsewhere')).resolves.toBeUndefined();
  });
});
