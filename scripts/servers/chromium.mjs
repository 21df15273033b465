const PATH = '/usr/bin/chromium';

/** Chromium: a program for tests of pages, not a server. */
export const chromium = {
  name: 'chromium',
  packages: ['chromium'],
  needs: [PATH],
  entry: () => ({ path: PATH }),
};
