/**
 * SARIF has no place for packages: scanners write them into sentences. These are the ones that are known:
 * Trivy's message and Grype's help of a rule are lines of `Key: value`; OSV-Scanner's message is a sentence.
 */
interface Said {
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  readonly name: string;
  readonly version: string | null;
  readonly type: string | null;
  readonly severity: string | null;
  readonly fixedIn: string | null;
  readonly path: string | null;
}

interface Texts {
  /** Null where the result names no rule. */
  readonly ruleId: string | null;
  /** What the result says. */
  readonly message: string;
  /** What its rule says. */
  readonly help: string;
}

/** Null where none of the forms is met. */
export function saidIn(texts: Texts): Said | null {
  return ofLines(texts.message, texts) ?? ofSentence(texts) ?? ofLines(texts.help, texts);
}

/** Longer than any of the lines that are read. */
const LONGEST_LINE = 1000;

function ofLines(text: string, { ruleId }: Texts): Said | null {
  const values = new Map<string, string>();
  let vulnerability: string | null = null;
  for (const line of text.split('\n').filter(({ length }) => length <= LONGEST_LINE)) {
    vulnerability ??= /^Vulnerability (\S+)$/u.exec(line)?.[1] ?? null;
    const [, key, value] = /^([A-Z][A-Za-z ]{1,30}): (.+)$/u.exec(line) ?? [];
    if (key !== undefined && value !== undefined && !values.has(key)) values.set(key, value.trim());
  }
  const name = values.get('Package');
  const id = vulnerability ?? ruleId;
  if (name === undefined || id === null) return null;
  return {
    ...{ vulnerability: id, aliases: [], name },
    version: values.get('Installed Version') ?? values.get('Version') ?? null,
    type: values.get('Type') ?? null,
    severity: values.get('Severity') ?? null,
    fixedIn: values.get('Fixed Version') ?? values.get('Fix Version') ?? null,
    path: values.get('Location') ?? null,
  };
}

function ofSentence({ message }: Texts): Said | null {
  if (message.length > LONGEST_LINE) return null;
  const [, name, version, vulnerability, also = ''] =
    /^Package '([^']+)@([^'@]+)' is vulnerable to '([^']+)'(?: \(also known as ([^)]+)\))?/u.exec(message) ?? [];
  if (name === undefined || version === undefined || vulnerability === undefined) return null;
  const aliases = [...also.matchAll(/'([^']+)'/gu)].map(([, alias = '']) => alias);
  return { vulnerability, aliases, name, version, type: null, severity: null, fixedIn: null, path: null };
}
