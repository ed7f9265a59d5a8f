/** What a registry asks for: the WWW-Authenticate header (RFC 9110, section 11.6.1). */

export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  readonly params: Readonly<Record<string, string>>;
}

/** `name=value`, `name="value"`, or the word that begins the next challenge. */
const PART = /[\s,]*(?:([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([\w-]+))/uy;

/** The challenges in a header, as far as it can be read. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; params: Record<string, string> }[] = [];
  const part = new RegExp(PART);
  for (let match = part.exec(header); match !== null; match = part.exec(header)) {
    const [, name, quoted, plain, scheme] = match;
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), params: {} });
    const value = quoted?.replace(/\\(.)/gu, '$1') ?? plain;
    const params = challenges.at(-1)?.params;
    if (name !== undefined && value !== undefined && params !== undefined) params[name.toLowerCase()] = value;
  }
  return challenges;
}
