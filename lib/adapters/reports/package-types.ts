/** The words of scanners for the kinds of packages, as types of package URLs. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  apk: ['apk', 'alpine', 'wolfi', 'chainguard', 'minimos'],
  cargo: ['cargo', 'rust-crate', 'rustbinary', 'rust-binary'],
  composer: ['composer', 'composer-vendor', 'php-composer'],
  deb: ['deb', 'dpkg', 'debian', 'ubuntu', 'echo'],
  gem: ['gem', 'bundler', 'gemspec'],
  golang: ['golang', 'go', 'gobinary', 'gomod', 'go-module'],
  maven: ['maven', 'jar', 'pom', 'gradle', 'java-archive', 'jenkins-plugin'],
  npm: ['npm', 'node-pkg', 'nodepkg', 'yarn', 'pnpm', 'bun'],
  nuget: ['nuget', 'dotnet', 'dotnet-core', 'dotnet_core', 'dotnet-deps', 'packages-props'],
  pypi: ['pypi', 'python', 'python-pkg', 'pythonpkg', 'pip', 'pipenv', 'poetry', 'uv'],
  rpm: [
    ...[
      'rpm',
      'redhat',
      'centos',
      'rocky',
      'alma',
      'amazon',
      'oracle',
      'fedora',
      'photon',
      'cbl-mariner',
      'azurelinux',
    ],
    ...[
      'suse linux enterprise server',
      'suse linux enterprise micro',
      'opensuse',
      'opensuse-leap',
      'opensuse-tumbleweed',
    ],
    ...['opensuse.leap', 'opensuse.tumbleweed'],
  ],
};

const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([type, words]) => words.map((word) => [word, type] as const)),
);

/** Null where the word stands for none: such a package is compared by its name alone. */
export function packageTypeOf(word: string | null): string | null {
  return TYPES.get((word ?? '').toLowerCase()) ?? null;
}
