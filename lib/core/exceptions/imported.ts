/** What a file of another tool says is to be ignored: a wish, of which much may be missing, and never a decision. */
export interface ImportedEntry {
  /** Where it stands in the file: `line 3`, `vulnerabilities[0]`. */
  readonly where: string;
  readonly vulnerabilities: readonly string[];
  /** Names of packages; none: any. */
  readonly packages: readonly string[];
  readonly reason: string | null;
  /** A day or an instant, as the file writes it. */
  readonly expiry: string | null;
}

/** What is in the file and asks for nothing that an exception could be. */
export interface SkippedEntry {
  readonly where: string;
  readonly why: string;
}

export interface Imported {
  /** `trivyignore`, `grype`, … */
  readonly format: string;
  readonly entries: readonly ImportedEntry[];
  readonly skipped: readonly SkippedEntry[];
}
