/**
 * Runtimes and servers that no package manager brought: told by the name of the file, and by the
 * version that the program itself writes.
 *
 * Both have to be there: a name alone is anybody's, and the text may be in any program that speaks of
 * the other.
 */
import type { ElfHead, Region } from './elf.ts';
import { AHEAD, type Needle } from './needles.ts';

export interface Runtime {
  readonly name: string;
  readonly version: string;
}

export interface RuntimeMark {
  readonly needles: readonly Needle[];
  /** At the end of the file; null where it says no version. */
  runtime(): Runtime | null;
}

interface Known {
  readonly name: string;
  /** The file's name; what it matches first is put in place of `*` in `before`. */
  readonly file: RegExp;
  /** What stands before the version in the file. */
  readonly before: string;
  /** The version, and what has to follow it. */
  readonly version: RegExp;
}

const NUMBERS = /^(?<version>\d+\.\d+\.\d+)(?![\d.])/u;

const KNOWN: readonly Known[] = [
  { name: 'node', file: /^node(?:js)?$/u, before: 'node.js/v', version: /^(?<version>\d+\.\d+\.\d+(?:-[\w.]+)?)/u },
  {
    name: 'python',
    file: /^(?:lib)?python(3\.\d+)m?(?:\.so(?:\.1\.0)?)?$/u,
    before: '*.',
    version: /^(?<version>\d+(?:(?:a|b|rc)\d+)?)\+?\0/u,
  },
  { name: 'nginx', file: /^nginx$/u, before: 'nginx/', version: NUMBERS },
  { name: 'httpd', file: /^(?:httpd|apache2)$/u, before: 'Apache/', version: NUMBERS },
  { name: 'php', file: /^php(?:-fpm|-cgi)?[\d.]*$/u, before: 'X-Powered-By: PHP/', version: NUMBERS },
  {
    name: 'ruby',
    file: /^(?:ruby[\d.]*|libruby[\w.-]*\.so[\d.]*)$/u,
    before: 'ruby ',
    version: /^(?<version>\d+\.\d+\.\d+)(?:p\d+)? \(/u,
  },
  {
    name: 'postgresql',
    file: /^postgres$/u,
    before: 'postgres (PostgreSQL) ',
    version: /^(?<version>\d+(?:\.\d+)+|\d+(?:beta|rc)\d+)(?=[\s\0])/u,
  },
  { name: 'busybox', file: /^busybox$/u, before: 'BusyBox v', version: NUMBERS },
  {
    name: 'openssl',
    file: /^libcrypto\.so\.[\d.]+$/u,
    before: 'OpenSSL ',
    version: /^(?<version>\d+\.\d+\.\d+[a-z]{0,2}) +\d+ [A-Z]/u,
  },
];

/** @param name - of the file, without its folder; null where it is no runtime's */
export function runtimeMark(name: string, { segments }: ElfHead, all: readonly Region[]): RuntimeMark | null {
  for (const { name: runtime, file, before, version } of KNOWN) {
    const matched = file.exec(name);
    if (matched === null) continue;
    const bytes = Buffer.from(before.replace('*', matched[1] ?? ''), 'latin1');
    const prefix = before.startsWith('*') ? bytes.toString() : '';
    const constant = segments.filter(({ executable }) => !executable);
    let found: string | null = null;
    return {
      needles: [
        {
          bytes,
          regions: constant.length > 0 ? constant : segments.length > 0 ? segments : all,
          found: (_offset, ahead) => {
            found ??= version.exec(ahead.toString('latin1', bytes.length, AHEAD))?.groups?.['version'] ?? null;
          },
        },
      ],
      runtime: () => (found === null ? null : { name: runtime, version: prefix + found }),
    };
  }
  return null;
}

const RELEASE = /(?:^|\/)release$/u;
/** Bytes of the file `release` of a Java runtime. */
export const MOST_RELEASE = 64 * 1024;

/** True for the file in which a Java runtime says what it is. */
export function isRelease(path: string): boolean {
  return RELEASE.test(path);
}

/** Reads the file `release` of a Java runtime; null where it is another file of that name. */
export function readRelease(text: string): Runtime | null {
  const values = new Map(
    [...text.matchAll(/^([A-Z_]+)="([^"\n]{1,200})"\r?$/gmu)].map(([, name = '', value = '']) => [name, value]),
  );
  // All builds of Java write these, OpenJDK's or not.
  if (!values.has('OS_ARCH') || !values.has('OS_NAME')) return null;
  const version = values.get('JAVA_VERSION') ?? '';
  return /^[\w.+-]+$/u.test(version) ? { name: 'openjdk', version } : null;
}
