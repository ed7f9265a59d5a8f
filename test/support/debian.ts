/** What makes a Debian of a layer: os-release and the package database, in tests' own words. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  /** The `Source` field: `perl`, `perl (5.36.0-7)`. */
  readonly source?: string;
  readonly status?: string;
}

/** The text of var/lib/dpkg/status. */
export function dpkgStatus(packages: readonly DebianPackage[]): string {
  return packages
    .map(({ name, version, architecture = 'amd64', source, status = 'install ok installed' }) =>
      [
        `Package: ${name}`,
        `Status: ${status}`,
        `Architecture: ${architecture}`,
        ...(source === undefined ? [] : [`Source: ${source}`]),
        `Version: ${version}`,
        'Description: a package of tests',
        ' and of nothing else.',
        '',
        '',
      ].join('\n'),
    )
    .join('');
}

/** The text of etc/os-release. */
export function osRelease(
  id = 'debian',
  versionId: string | null = '12',
  name = 'Debian GNU/Linux 12 (bookworm)',
): string {
  return [`PRETTY_NAME="${name}"`, `ID=${id}`, ...(versionId === null ? [] : [`VERSION_ID="${versionId}"`]), ''].join(
    '\n',
  );
}
