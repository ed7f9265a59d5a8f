/** What makes an Alpine of a layer: the database of apk, in tests' own words. */
export interface AlpinePackage {
  readonly name: string;
  readonly version: string;
  readonly origin?: string;
  readonly licence?: string;
  /** Files in the folder that comes with each. */
  readonly owns?: readonly string[];
}

/** The text of lib/apk/db/installed. */
export function apkInstalled(packages: readonly AlpinePackage[]): string {
  return packages
    .map(({ name, version, origin, licence, owns = [] }) =>
      [
        `C:Q1YCAH7jdO2W816b85sUh9Z8av4Cc=`,
        `P:${name}`,
        `V:${version}`,
        'A:x86_64',
        'T:A package of tests',
        ...(licence === undefined ? [] : [`L:${licence}`]),
        ...(origin === undefined ? [] : [`o:${origin}`]),
        ...owns.flatMap((path) => [
          `F:${path.slice(0, path.lastIndexOf('/'))}`,
          `R:${path.slice(path.lastIndexOf('/') + 1)}`,
        ]),
        '',
        '',
      ].join('\n'),
    )
    .join('');
}
