/**
 * Files that give away packages of an ecosystem that no cataloger reads yet.
 *
 * What is present and not read is a gap, never silence. An ecosystem leaves this list when a
 * cataloger for it arrives.
 */
const MARKERS: readonly (readonly [ecosystem: string, path: RegExp])[] = [
  // Package databases of operating systems.
  ['alpm', /(?:^|\/)var\/lib\/pacman\/local\/[^/]+\/desc$/u],
  ['portage', /(?:^|\/)var\/db\/pkg\/[^/]+\/[^/]+\/(?:CONTENTS|PF)$/u],
  ['opkg', /(?:^|\/)(?:usr|var)\/lib\/opkg\/status$/u],
  ['chisel', /(?:^|\/)var\/lib\/chisel\/manifest\.wall$/u],
  // The database of a system inside the system: a chroot, an unpacked image.
  ['apk', /^(?!(?:usr\/)?lib\/apk\/).*\/lib\/apk\/db\/installed$/u],
  ['deb', /[^/]\/var\/lib\/dpkg\/(?:status|status\.d\/[^/]+)$/u],
  ['rpm', /[^/]\/(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:Packages|Packages\.db|rpmdb\.sqlite)$/u],
  // Packages of languages in forms that are not read, and of those who pack on their own.
  ['npm', /(?:^|\/)\.pnp\.(?:c?js|loader\.mjs)$/u],
  ['python', /^(?:.*\/(?:site|dist)-packages\/[^/]+|(?!.*\/(?:site|dist)-packages\/).*)\.egg$/u],
  ['conda', /(?:^|\/)conda-meta\/[^/]+\.json$/u],
  ['homebrew', /(?:^|\/)Cellar\/[^/]+\/[^/]+\/INSTALL_RECEIPT\.json$/u],
  // Written so that it ends soon on any path: only the first of many `opt/bitnami` is tried.
  ['bitnami', /^(?:(?!opt\/bitnami\/)[^/]+\/)*opt\/bitnami\/(?:[^/]+\/)*\.spdx-[^/]+\.spdx$/u],
];

/** Of these, the package databases of operating systems: an image that has one has a database. */
export const SYSTEM_DATABASES: ReadonlySet<string> = new Set(['alpm', 'portage', 'opkg', 'chisel']);

/**
 * Where distributions put programs, which are told by their content: folders of programs, files without
 * an extension among libraries, and libraries of which the scanner knows how to tell the version.
 */
const PROGRAMS =
  /(?:^|\/)(?:s?bin|libexec|pkg\/tool)\/|(?:^|\/)(?:lib(?:32|64)?|opt)\/(?:.*\/)?[^./]+$|\/lib(?:crypto|python|ruby)[^/]*\.so/u;

/** The ecosystem that a file gives away; null where none. */
export function ecosystemMarkedBy(path: string): string | null {
  return MARKERS.find(([, pattern]) => pattern.test(path))?.[0] ?? null;
}

/** True where a file may give away packages that no cataloger reads. */
export function mayBeMarker(path: string): boolean {
  return PROGRAMS.test(path) || ecosystemMarkedBy(path) !== null;
}
