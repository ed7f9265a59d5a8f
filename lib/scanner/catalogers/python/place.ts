/**
 * Where Python's installers note what they installed: in a folder, or a file, beside the modules.
 *
 * In `site-packages` that is right there, or in the folder in which a package carries others.
 * What packages have deeper in them (data of their tests) was not installed.
 */
const NOTE = String.raw`(?:[^/]+\.dist-info/(?:METADATA|RECORD)|[^/]+\.egg-info(?:/PKG-INFO)?|[^/]+\.egg/EGG-INFO/PKG-INFO)`;
const NOTED = new RegExp(`(?:^|/)(${NOTE})$`, 'u');
const SITE = /^(?:.*\/)?(?:site|dist)-packages\//u;
const CARRIED = new RegExp(`^(?:.*/_?vendor(?:ed)?/)?${NOTE}$`, 'u');
/** What pip moved aside and could not remove; it doesn't count those either. */
const LEFT_OVER = /^[~-]/u;

/** True for what is noted of an installed distribution. */
export function isNote(path: string): boolean {
  const [, note] = NOTED.exec(path) ?? [];
  if (note === undefined || LEFT_OVER.test(note)) return false;
  return !SITE.test(path) || CARRIED.test(path.replace(SITE, ''));
}

/** The list of a distribution's files, which lies beside its metadata. */
export function isRecord(path: string): boolean {
  return path.endsWith('.dist-info/RECORD');
}

export function metadataBeside(record: string): string {
  return record.replace(/RECORD$/u, 'METADATA');
}
